"""Handover: sent, and on the sender's count until the receiver accepts."""
