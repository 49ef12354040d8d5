"""Notices from above: kept as they came, each with one task for one unit."""
