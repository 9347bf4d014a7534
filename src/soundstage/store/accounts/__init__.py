"""Accounts in the database: users, their sessions and keys, one-time secrets, and the audit log."""
