SELECT parts.id, parts.attempt, parts.worker_id, parts.started_at, jobs.id, jobs.owner, jobs.priority, jobs.generation,
    jobs.pipeline, jobs.fingerprint, jobs.params, parts.stage, parts.role, parts.item_index, parts.item, parts.answer,
    parts.failures, parts.snoozes, parts.wait_kind IS NOT NULL AND parts.wait_kind = 'external' AND parts.answer IS NULL
FROM parts
JOIN jobs ON jobs.id = parts.job_id
WHERE parts.state = 'active' AND parts.worker_id = :worker_id
LIMIT 1
