SELECT trace FROM jobs WHERE id = :job_id
