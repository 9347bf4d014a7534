SELECT MIN(due_at) FROM parts WHERE state = 'waiting'
