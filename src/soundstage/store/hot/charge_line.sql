INSERT INTO lines (queue, priority, owner, tag, has_parts, joins)
VALUES (
    :queue, :priority, :owner,
    1 + COALESCE((SELECT tag FROM lines WHERE queue = :queue AND priority = :priority AND owner = ''), 0),
    0, 0
)
ON CONFLICT (queue, priority, owner) DO UPDATE
SET tag = CASE WHEN lines.tag + 1 > excluded.tag THEN lines.tag + 1 ELSE excluded.tag END
