SELECT name, position, result FROM checkpoints WHERE part_id = :part_id ORDER BY name, position
