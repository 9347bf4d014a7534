UPDATE parts
SET state = :state, wait_kind = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
