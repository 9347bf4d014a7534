"""The routes of OpenAI's speech API, so that its clients speak with the engines of this studio."""
