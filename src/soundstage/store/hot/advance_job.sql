UPDATE jobs SET last_seq = :last_seq WHERE id = :job_id
