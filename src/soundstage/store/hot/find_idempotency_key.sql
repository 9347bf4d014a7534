SELECT request_hash, answer FROM idempotency_keys WHERE owner = :owner AND key = :key
