"""People: who they are, how they come in, and what is noted of it."""
