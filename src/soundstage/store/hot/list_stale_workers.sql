SELECT id FROM workers WHERE heartbeat_at < :before
UNION
SELECT worker_id
FROM parts
WHERE state = 'active' AND NOT EXISTS (SELECT 1 FROM workers WHERE workers.id = parts.worker_id)
