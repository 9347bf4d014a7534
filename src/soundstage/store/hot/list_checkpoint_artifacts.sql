SELECT checkpoint, position, name, sha256
FROM artifacts
WHERE part_id = :part_id AND checkpoint IS NOT NULL
