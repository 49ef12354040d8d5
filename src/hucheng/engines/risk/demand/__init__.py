"""Demand: rooms, beds, tests and staff by day, exact, with interval, cause and record."""
