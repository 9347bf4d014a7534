"""The command line: everything of Soundstage from a terminal."""
