UPDATE parts SET state = :state WHERE id = :part_id
