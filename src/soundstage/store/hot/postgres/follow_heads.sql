SELECT id, owner, last_seq FROM jobs WHERE id IN (SELECT json_array_elements_text(CAST(:ids AS json)))
