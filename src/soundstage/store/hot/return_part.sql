UPDATE parts
SET state = :state, tag = :tag, wait_kind = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
