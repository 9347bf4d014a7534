INSERT INTO events (job_id, seq, kind, at, stage, data)
VALUES (:job_id, :seq, :kind, :at, :stage, :data)
