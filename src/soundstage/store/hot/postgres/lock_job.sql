SELECT state, last_seq, generation, fingerprint, owner, priority, params, started_at
FROM jobs
WHERE id = :job_id
FOR NO KEY UPDATE
