UPDATE parts
SET state = :state, answer = :answer, due_at = NULL, wait_kind = NULL
WHERE id = :part_id AND state = 'waiting'
