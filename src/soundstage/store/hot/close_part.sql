UPDATE parts
SET state = :state, finished_at = :now, due_at = NULL, wait_kind = NULL, error = :error
WHERE id = :part_id
