"""Daily checks; an abnormal one leads to a new triage at once."""
