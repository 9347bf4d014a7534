"""Showing the result of a job to somebody without an account."""
