"""Quarantine: houses, rooms, daily checks, care, release."""
