"""Vehicles, drivers and trips: everybody on the road is in somebody's hands."""
