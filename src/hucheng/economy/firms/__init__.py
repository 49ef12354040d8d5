"""Firms: who works again, and with how many of their people."""
