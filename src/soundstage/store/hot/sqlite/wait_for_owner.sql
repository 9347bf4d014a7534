-- Only one transaction writes at a time.
SELECT 1
