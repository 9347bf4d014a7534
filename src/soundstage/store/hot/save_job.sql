UPDATE jobs
SET last_seq = :last_seq,
    state = :state,
    priority = :priority,
    params = :params,
    generation = :generation,
    started_at = :started_at,
    finished_at = :finished_at
WHERE id = :job_id
