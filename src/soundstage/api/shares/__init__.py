"""Links to the results of jobs."""
