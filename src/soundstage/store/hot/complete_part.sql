UPDATE parts
SET state = 'completed', finished_at = :now, fraction = 1, result = :result, error = NULL, message = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
