"""Requests to other servers: the one client that all of Soundstage uses, which reaches no address of this network."""
