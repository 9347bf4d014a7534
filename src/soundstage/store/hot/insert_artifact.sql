INSERT INTO artifacts (job_id, part_id, checkpoint, position, name, sha256, size_bytes, media_type, created_at)
VALUES (:job_id, :part_id, :checkpoint, :position, :name, :sha256, :size_bytes, :media_type, :now)
