"""Measurements behind the tables of docs/performance.md. Run with `python -m bench`."""
