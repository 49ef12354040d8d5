"""Answering fire: the notice with its tasks for the counties, and each fire with its timeline."""
