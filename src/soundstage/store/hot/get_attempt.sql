SELECT result FROM attempts WHERE part_id = :part_id AND attempt = :attempt
