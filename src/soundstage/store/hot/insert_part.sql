INSERT INTO parts (
    job_id, stage, role, item_index, item, generation, state, owner, queue, priority, rank, attempt, worker_id,
    started_at
)
VALUES (
    :job_id, :stage, :role, :item_index, :item, :generation, :state, :owner, :queue, :priority, :rank, :attempt,
    :worker_id, :started_at
)
RETURNING id
