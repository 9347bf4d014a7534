INSERT INTO parts (
    job_id, stage, role, item_index, item, generation, state, owner, queue, priority, tag, attempt, worker_id,
    started_at
)
VALUES (
    :job_id, :stage, :role, :item_index, :item, :generation, :state, :owner, :queue, :priority, :tag, :attempt,
    :worker_id, :started_at
)
RETURNING id
