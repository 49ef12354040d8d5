"""Samples, results and positives to tell."""
