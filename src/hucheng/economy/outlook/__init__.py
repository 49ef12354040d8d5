"""Outlook: the targets of the year, and what is still needed to reach them."""
