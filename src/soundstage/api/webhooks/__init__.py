"""The resource of webhooks and their deliveries."""
