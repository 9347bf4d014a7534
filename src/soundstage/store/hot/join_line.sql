INSERT INTO lines (queue, priority, owner, tag, has_parts, joins)
VALUES (
    :queue, :priority, :owner,
    COALESCE((SELECT tag FROM lines WHERE queue = :queue AND priority = :priority AND owner = ''), 0),
    1, 1
)
ON CONFLICT (queue, priority, owner) DO UPDATE
SET tag = CASE WHEN lines.tag > excluded.tag THEN lines.tag ELSE excluded.tag END,
    has_parts = 1,
    joins = lines.joins + 1
