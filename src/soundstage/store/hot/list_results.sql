SELECT id, role, item_index, result
FROM parts
WHERE job_id = :job_id AND stage = :stage AND current = 1 AND state = 'completed'
ORDER BY item_index, id
