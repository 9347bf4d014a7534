SELECT tag FROM turns WHERE queue = :queue AND priority = :priority AND owner = ''
