INSERT INTO turns (queue, priority, owner, tag)
VALUES (:queue, :priority, '', :tag)
ON CONFLICT (queue, priority, owner) DO UPDATE
SET tag = CASE WHEN turns.tag > excluded.tag THEN turns.tag ELSE excluded.tag END
