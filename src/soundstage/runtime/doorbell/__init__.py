"""Ways to say "there is work" to whoever runs workers. Lost, repeated and reordered rings cost delay, never work."""
