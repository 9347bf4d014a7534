"""Facades that speak the routes and words of the first documents: they map words, and hold no rule and no query."""
