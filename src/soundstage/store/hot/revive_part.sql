UPDATE parts
SET state = :state, tag = :tag, failures = 0, losses = 0, error = NULL, answer = NULL, finished_at = NULL
WHERE id = :part_id
