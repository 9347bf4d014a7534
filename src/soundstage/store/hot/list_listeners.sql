SELECT id, events
FROM webhooks
WHERE owner = :owner AND is_active = 1
