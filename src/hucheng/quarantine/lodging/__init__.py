"""Rooms and who stays in them."""
