"""Indicators: published series with every vintage kept."""
