SELECT wait_actions, wait_kind, stage FROM parts WHERE id = :part_id AND state = 'waiting'
