DELETE FROM idempotency_keys WHERE owner = :owner
