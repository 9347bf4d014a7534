UPDATE parts SET state = :state, due_at = NULL WHERE id = :part_id AND state = 'waiting'
