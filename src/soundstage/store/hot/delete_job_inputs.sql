DELETE FROM inputs WHERE job_id = :job_id
