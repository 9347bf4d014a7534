INSERT INTO workers (id, host, pid, queues, started_at, heartbeat_at)
VALUES (:worker_id, :host, :pid, :queues, :now, :now)
