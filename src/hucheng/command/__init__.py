"""Command: what is true, against what was asked."""
