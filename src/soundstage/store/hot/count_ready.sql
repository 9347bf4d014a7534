SELECT queue, COUNT(*) FROM (SELECT queue FROM parts WHERE state = 'ready' LIMIT 1000) AS ready GROUP BY queue
