"""The HTTP API: one folder or file for each resource. FastAPI stays in here."""
