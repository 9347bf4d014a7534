INSERT INTO deleted_work (owner, day, seconds)
SELECT :owner, :day, sum(seconds)
FROM (
    SELECT a.finished_at - a.started_at AS seconds
    FROM attempts a
    JOIN parts p ON p.id = a.part_id
    WHERE p.job_id = :job_id AND a.finished_at >= :since
    UNION ALL
    SELECT p.finished_at - p.started_at
    FROM parts p
    WHERE p.job_id = :job_id AND p.state = 'completed' AND p.finished_at >= :since
) AS ended
HAVING sum(seconds) > 0
ON CONFLICT (owner, day) DO UPDATE SET seconds = deleted_work.seconds + excluded.seconds
