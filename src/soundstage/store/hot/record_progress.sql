UPDATE parts
SET fraction = CASE WHEN fraction > :fraction THEN fraction ELSE :fraction END, message = :message
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
