"""Pairing: what firms ask, who is named for it, by when it is settled."""
