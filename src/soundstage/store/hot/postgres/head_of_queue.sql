SELECT parts.id, parts.job_id, parts.priority, parts.tag
FROM parts
JOIN jobs ON jobs.id = parts.job_id
WHERE parts.state = 'ready' AND parts.queue = :queue
ORDER BY parts.priority, parts.tag, parts.id
LIMIT 1
FOR NO KEY UPDATE OF jobs SKIP LOCKED
