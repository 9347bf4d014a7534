UPDATE parts
SET state = :state, tag = :tag, answer = :answer, due_at = NULL, wait_kind = NULL
WHERE id = :part_id AND state = 'waiting'
