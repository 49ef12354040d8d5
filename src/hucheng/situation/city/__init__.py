"""The city: its own cases, published by day."""
