SELECT count(*)
FROM (
    SELECT 1
    FROM jobs
    WHERE owner = :owner AND state IN ('queued', 'running', 'waiting', 'paused')
    LIMIT :most
) AS held
