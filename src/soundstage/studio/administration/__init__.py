"""What an administrator sees and steers of the whole installation."""
