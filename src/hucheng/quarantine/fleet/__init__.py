"""Vehicles and drivers: seats, shifts, hours, disinfection."""
