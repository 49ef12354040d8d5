"""Patrols of the fire season: planned, proven, and missed with an alarm."""
