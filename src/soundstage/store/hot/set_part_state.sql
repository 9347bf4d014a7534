UPDATE parts SET state = :state, tag = :tag WHERE id = :part_id
