SELECT id
FROM jobs
WHERE request_key = :request_key AND owner = :owner
  AND state IN ('queued', 'running', 'waiting', 'paused')
ORDER BY created_at DESC
LIMIT 1
