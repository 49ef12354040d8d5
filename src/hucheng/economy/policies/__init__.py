"""Policies: relief with conditions and an end, and how many it has reached."""
