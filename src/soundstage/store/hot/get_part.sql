SELECT job_id, state, stage, attempt, worker_id, started_at, wait_kind, due_at, losses, item_index
FROM parts
WHERE id = :part_id
