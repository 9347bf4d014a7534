INSERT INTO deliveries (id, webhook_id, owner, kind, job_id, seq, body, state, due_at, created_at)
VALUES (:id, :webhook_id, :owner, :kind, :job_id, :seq, :body, 'pending', :now, :now)
