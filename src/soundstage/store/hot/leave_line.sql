UPDATE lines
SET has_parts = 0
WHERE queue = :queue AND priority = :priority AND owner = :owner AND joins = :joins
  AND NOT EXISTS (
      SELECT 1
      FROM parts
      WHERE state = 'ready' AND queue = :queue AND priority = :priority AND owner = :owner
  )
