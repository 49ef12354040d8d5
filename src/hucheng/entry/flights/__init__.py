"""Flights and who is on them; where each person is, at every minute."""
