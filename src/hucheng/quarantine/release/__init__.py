"""Release: the one way out of quarantine, and the follow-up behind it."""
