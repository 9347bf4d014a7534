SELECT jobs.id, jobs.last_seq
FROM jobs JOIN events ON events.job_id = jobs.id AND events.seq = jobs.last_seq
WHERE jobs.owner = :owner AND jobs.finished_at IS NULL AND events.at > :since
UNION ALL
SELECT jobs.id, jobs.last_seq
FROM jobs
WHERE jobs.owner = :owner AND jobs.finished_at > :since
LIMIT :most
