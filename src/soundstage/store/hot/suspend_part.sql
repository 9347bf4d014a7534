UPDATE parts
SET state = 'waiting', snoozes = snoozes + :snoozes, due_at = :due_at, wait_kind = :wait_kind,
    wait_reason = :wait_reason, wait_actions = :wait_actions, answer = NULL
WHERE id = :part_id AND attempt = :attempt AND state = 'active'
