INSERT INTO attempts (part_id, attempt, worker_id, started_at, finished_at, result, error)
VALUES (:part_id, :attempt, :worker_id, :started_at, :now, :result, :error)
