SELECT id, job_id FROM parts WHERE state = 'active' AND worker_id = :worker_id
