"""Onward clearance: a pass exists only while the last triage allows it."""
