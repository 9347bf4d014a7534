DELETE FROM shares WHERE job_id = :job_id
