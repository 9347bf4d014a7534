SELECT 1 FROM parts WHERE id = :part_id AND attempt = :attempt AND state = 'completed'
