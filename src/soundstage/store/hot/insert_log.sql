INSERT INTO logs (job_id, part_id, attempt, stage, at, line)
VALUES (:job_id, :part_id, :attempt, :stage, :at, :line)
