"""Engines: plain Python, usable alone; no web framework, no other engine but `words`."""
