UPDATE jobs
SET description = COALESCE(:description, description),
    search_text = COALESCE(:search_text, search_text),
    metadata = COALESCE(:metadata, metadata)
WHERE id = :job_id
