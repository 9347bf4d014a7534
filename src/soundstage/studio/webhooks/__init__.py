"""Webhooks: other servers that are told what becomes of jobs."""
