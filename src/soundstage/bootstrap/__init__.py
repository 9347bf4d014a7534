"""Settings in, wired application out: the only room that names concrete adapters."""
