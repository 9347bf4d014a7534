SELECT priority
FROM lines
WHERE queue = :queue AND has_parts = 1
ORDER BY priority
LIMIT 1
