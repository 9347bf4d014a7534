"""Alembic migrations; the newest is the schema of `tables.py`, which a test holds."""
