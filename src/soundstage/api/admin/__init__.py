"""Routes of what an administrator sees and steers of the whole installation."""
