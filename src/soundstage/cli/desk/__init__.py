"""Where commands work: at the home folder of this computer, or at a server; the same for both."""
