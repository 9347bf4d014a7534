SELECT pipeline, description, metadata, created_at
FROM jobs
WHERE id = :job_id
