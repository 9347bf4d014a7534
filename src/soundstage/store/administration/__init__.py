"""What an administrator sees of the whole installation. Reads only."""
