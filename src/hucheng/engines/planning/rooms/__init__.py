"""Rooms: parties of many flights into zones and rooms, families together, days and risk classes apart."""
