"""The resource `files`: bytes that a parameter of a job names."""
