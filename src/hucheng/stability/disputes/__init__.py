"""Disputes of the epidemic: contract, debt, labour, each with its mediation clock."""
