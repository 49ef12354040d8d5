"""Readings over time, and how each measure stands."""
