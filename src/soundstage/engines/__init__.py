"""Models and services behind one contract for each capability. An engine knows no job."""
