"""Work of the key groups, week by week, in counts and never by name."""
