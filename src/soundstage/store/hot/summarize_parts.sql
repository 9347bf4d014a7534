SELECT stage, role, state, fraction, error
FROM parts
WHERE job_id = :job_id AND current = 1
ORDER BY stage, id
