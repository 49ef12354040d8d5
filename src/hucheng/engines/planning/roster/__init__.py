"""Closed-loop rosters: who lives in which house for a bubble of days, and who works which shift inside it."""
