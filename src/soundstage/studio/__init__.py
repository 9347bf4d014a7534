"""Use cases: what a person or a client can ask of the studio, with its rules and without a transport."""
