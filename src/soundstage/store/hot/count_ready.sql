SELECT queue, COUNT(*)
FROM (
    SELECT parts.queue
    FROM (
        SELECT DISTINCT queue
        FROM lines
        WHERE has_parts = 1 AND queue NOT IN (SELECT queue FROM paused_queues)
    ) AS running
    JOIN parts ON parts.queue = running.queue
    WHERE parts.state = 'ready'
    LIMIT 1000
) AS ready
GROUP BY queue
