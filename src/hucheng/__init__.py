"""Hucheng (护城): a city guards itself, and the life inside it."""
