"""Stability: fire danger and patrols, answers to the public, disputes, work."""
