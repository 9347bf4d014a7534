INSERT INTO idempotency_keys (owner, key, request_hash, answer, created_at)
VALUES (:owner, :key, :request_hash, :answer, :now)
ON CONFLICT (owner, key) DO NOTHING
