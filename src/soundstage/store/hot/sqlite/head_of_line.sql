SELECT id, job_id
FROM parts
WHERE state = 'ready' AND queue = :queue AND priority = :priority AND owner = :owner
ORDER BY rank, id
LIMIT 1
