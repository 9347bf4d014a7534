UPDATE parts SET current = 0 WHERE job_id = :job_id AND stage >= :stage AND current = 1
