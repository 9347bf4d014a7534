INSERT INTO inputs (job_id, sha256) VALUES (:job_id, :sha256) ON CONFLICT DO NOTHING
