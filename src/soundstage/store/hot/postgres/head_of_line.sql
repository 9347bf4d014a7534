SELECT parts.id, parts.job_id
FROM parts
JOIN jobs ON jobs.id = parts.job_id
WHERE parts.state = 'ready' AND parts.queue = :queue AND parts.priority = :priority AND parts.owner = :owner
ORDER BY parts.rank, parts.id
LIMIT 1
FOR NO KEY UPDATE OF jobs SKIP LOCKED
