UPDATE parts
SET state = :state, finished_at = :now, failures = failures + 1, error = :error, due_at = :due_at,
    wait_kind = :wait_kind, wait_reason = NULL, wait_actions = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
