SELECT name, sha256 FROM artifacts WHERE part_id = :part_id AND checkpoint IS NULL
