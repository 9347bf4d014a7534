"""Looking after a server: metrics, the log of requests, and whether its event loop keeps up."""
