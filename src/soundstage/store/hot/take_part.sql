UPDATE parts
SET state = 'active', rank = 0, attempt = attempt + 1, worker_id = :worker_id, started_at = :now, finished_at = NULL,
    due_at = NULL
WHERE id = :part_id AND state = 'ready'
RETURNING attempt, stage, role, item_index, item, answer, failures, snoozes, wait_kind
