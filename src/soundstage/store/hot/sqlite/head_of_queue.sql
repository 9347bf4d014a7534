SELECT id, job_id, priority, tag
FROM parts
WHERE state = 'ready' AND queue = :queue
ORDER BY priority, tag, id
LIMIT 1
