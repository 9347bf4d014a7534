UPDATE workers SET heartbeat_at = :now WHERE id = :worker_id
