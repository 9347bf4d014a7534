SELECT id, state, role, wait_kind, stage, attempt, worker_id, started_at, queue, due_at, item_index
FROM parts
WHERE job_id = :job_id AND current = 1
ORDER BY stage, id
