UPDATE parts
SET fraction = CASE WHEN fraction > :fraction THEN fraction ELSE :fraction END,
    message = COALESCE(:message, message)
WHERE id = :part_id AND state = 'waiting' AND wait_kind = 'external'
RETURNING fraction, message, attempt
