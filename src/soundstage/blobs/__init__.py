"""Bytes under the hash of their content. Artifacts and inputs point here."""
