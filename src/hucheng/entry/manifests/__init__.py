"""Passenger lists: taken whole or not at all, every row accounted for."""
