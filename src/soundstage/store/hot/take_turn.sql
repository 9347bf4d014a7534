INSERT INTO turns (queue, priority, owner, tag)
VALUES (
    :queue, :priority, :owner,
    :cost + COALESCE((SELECT tag FROM turns WHERE queue = :queue AND priority = :priority AND owner = ''), 0)
)
ON CONFLICT (queue, priority, owner) DO UPDATE
SET tag = :cost + CASE WHEN turns.tag > excluded.tag - :cost THEN turns.tag ELSE excluded.tag - :cost END
RETURNING tag - :cost
