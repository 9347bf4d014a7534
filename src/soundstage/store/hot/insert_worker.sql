INSERT INTO workers (id, host, pid, queues, started_at, heartbeat_at)
VALUES (:worker_id, :host, :pid, :queues, :now, :now)
ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at
