SELECT id
FROM jobs
WHERE state IN ('succeeded', 'failed', 'cancelled') AND finished_at < :before
ORDER BY finished_at
LIMIT 200
