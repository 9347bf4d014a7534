SELECT priority, tag, owner, joins
FROM lines
WHERE queue = :queue AND has_parts = 1
  AND NOT EXISTS (SELECT 1 FROM paused_queues WHERE paused_queues.queue = :queue)
ORDER BY priority, tag, owner
LIMIT 8
