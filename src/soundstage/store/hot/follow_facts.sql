SELECT seq, kind, at, stage, data FROM events
WHERE job_id = :job_id AND seq > :after
ORDER BY seq
LIMIT :most
