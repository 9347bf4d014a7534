"""The database: the truth about jobs. SQL is written here and nowhere else."""
