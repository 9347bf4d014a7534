DELETE FROM checkpoints WHERE part_id IN (SELECT id FROM parts WHERE job_id = :job_id)
