UPDATE parts SET state = :state, tag = :tag, due_at = NULL WHERE id = :part_id AND state = 'waiting'
