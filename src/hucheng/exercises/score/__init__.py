"""What must be true when, by the scenario, and what was found."""
