SELECT state, last_seq, generation, fingerprint, owner, priority, params, started_at,
    EXISTS (SELECT 1 FROM webhooks WHERE webhooks.owner = jobs.owner AND webhooks.is_active = 1)
FROM jobs
WHERE id = :job_id
