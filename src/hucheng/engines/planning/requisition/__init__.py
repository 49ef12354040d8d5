"""Requisition: which houses to take and release, and when, to cover forecast arrivals at a service level."""
