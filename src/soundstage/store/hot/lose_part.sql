UPDATE parts
SET state = :state, losses = losses + 1, finished_at = :now, error = :error, wait_kind = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
