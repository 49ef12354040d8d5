"""Settings and URLs: knows every wing; nothing but the command line knows it."""
