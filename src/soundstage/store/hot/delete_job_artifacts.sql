DELETE FROM artifacts WHERE job_id = :job_id
