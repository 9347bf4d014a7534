SELECT owner, last_seq FROM jobs WHERE id = :job_id
