UPDATE parts
SET state = 'completed', finished_at = :now, fraction = 1, result = :result, made_by = :made_by, error = NULL,
    message = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
