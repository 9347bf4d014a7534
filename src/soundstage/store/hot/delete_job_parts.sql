DELETE FROM parts WHERE job_id = :job_id
