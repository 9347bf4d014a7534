"""The durable machinery: workers that claim and run parts, and what watches over them."""
