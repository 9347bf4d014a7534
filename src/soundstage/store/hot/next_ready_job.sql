SELECT job_id
FROM parts
WHERE state = 'ready' AND queue = :queue
ORDER BY priority, rank, id
LIMIT 1
