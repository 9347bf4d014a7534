"""What the words mean: pure values and rules, on the standard library alone."""
