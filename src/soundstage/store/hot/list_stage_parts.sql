SELECT id, state, role, wait_kind FROM parts WHERE job_id = :job_id AND stage = :stage AND current = 1
