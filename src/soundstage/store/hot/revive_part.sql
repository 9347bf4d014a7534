UPDATE parts
SET state = :state, failures = 0, losses = 0, error = NULL, answer = NULL, finished_at = NULL
WHERE id = :part_id
