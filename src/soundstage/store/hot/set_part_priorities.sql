UPDATE parts SET priority = :priority WHERE job_id = :job_id AND current = 1
