"""The resource `auth`, and what administrators do: accounts, sessions, keys, the audit log."""
