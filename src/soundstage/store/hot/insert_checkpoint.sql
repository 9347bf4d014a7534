INSERT INTO checkpoints (part_id, name, position, attempt, result, created_at)
VALUES (:part_id, :name, :position, :attempt, :result, :now)
ON CONFLICT DO NOTHING
