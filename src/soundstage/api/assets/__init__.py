"""The resource `assets`: a user's library, four ways to bring files into it, and links to get them out."""
