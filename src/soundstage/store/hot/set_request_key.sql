UPDATE jobs SET request_key = :request_key WHERE id = :job_id
