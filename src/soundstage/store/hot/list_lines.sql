SELECT priority, tag, owner, joins
FROM lines
WHERE queue = :queue AND has_parts = 1
ORDER BY priority, tag, owner
LIMIT 8
