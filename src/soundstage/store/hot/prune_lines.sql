DELETE FROM lines
WHERE has_parts = 0 AND owner <> ''
  AND tag <= (
      SELECT served.tag
      FROM lines AS served
      WHERE served.queue = lines.queue AND served.priority = lines.priority AND served.owner = ''
  )
