"""The resource `pipelines`: what can be made here."""
