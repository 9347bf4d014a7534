"""The resources `engines` and `voices`: what is made with, and whether it is ready."""
