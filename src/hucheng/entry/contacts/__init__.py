"""Close contacts aboard, named by the seats."""
