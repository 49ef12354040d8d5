"""The core: who acts, where, under what clock, with what trace."""
