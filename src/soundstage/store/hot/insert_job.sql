INSERT INTO jobs (
    id, owner, pipeline, fingerprint, state, priority, params, size, request_key, description, metadata,
    search_text, trace, generation, last_seq, created_at
)
VALUES (
    :job_id, :owner, :pipeline, :fingerprint, 'queued', :priority, :params, :size, :request_key, :description,
    :metadata, :search_text, :trace, 1, 0, :now
)
