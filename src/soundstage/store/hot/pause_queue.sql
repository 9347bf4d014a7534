INSERT INTO paused_queues (queue, paused_by, paused_at, reason)
VALUES (:queue, :paused_by, :now, :reason)
ON CONFLICT (queue) DO UPDATE SET paused_by = excluded.paused_by, reason = excluded.reason
