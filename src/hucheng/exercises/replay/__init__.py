"""Playing a scenario on the simulated clock."""
