"""The resource `jobs`: order, look, steer, follow, and fetch what came out."""
