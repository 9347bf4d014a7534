"""Stage functions that several pipelines share."""
