SELECT 1
WHERE NOT EXISTS (SELECT 1 FROM paused_queues WHERE queue = :queue)
  AND NOT EXISTS (SELECT 1 FROM lines WHERE queue = :queue AND has_parts = 1 AND priority < :priority)
