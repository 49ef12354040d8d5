"""Rehearsal and demonstration, through the same doors as people."""
