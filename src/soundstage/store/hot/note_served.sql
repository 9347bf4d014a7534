INSERT INTO lines (queue, priority, owner, tag, has_parts, joins)
VALUES (:queue, :priority, '', :tag, 0, 0)
ON CONFLICT (queue, priority, owner) DO UPDATE
SET tag = CASE WHEN lines.tag > excluded.tag THEN lines.tag ELSE excluded.tag END
