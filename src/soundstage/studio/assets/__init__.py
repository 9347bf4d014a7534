"""The libraries of users: how bytes come in, what is checked, who may have them, and how they are found."""
