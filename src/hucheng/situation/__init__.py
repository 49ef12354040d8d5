"""The epidemic abroad and here: what is published, as known at each time."""
