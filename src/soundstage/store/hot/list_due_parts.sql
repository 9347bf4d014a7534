SELECT id, job_id FROM parts WHERE state = 'waiting' AND due_at <= :now ORDER BY due_at LIMIT 500
