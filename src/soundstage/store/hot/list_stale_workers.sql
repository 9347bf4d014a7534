SELECT id FROM workers WHERE heartbeat_at < :before
