SELECT job_id
FROM parts
WHERE state = 'ready' AND queue = :queue
  AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE paused_queues.queue = :queue)
ORDER BY priority, rank, id
LIMIT 1
