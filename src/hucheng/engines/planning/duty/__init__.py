"""Duty leaders: a chief and a deputy for every day, from different portfolios, the load spread fairly."""
