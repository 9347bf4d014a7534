SELECT jobs.state
FROM parts
JOIN jobs ON jobs.id = parts.job_id
WHERE parts.id = :part_id AND parts.attempt = :attempt AND parts.state = 'active'
