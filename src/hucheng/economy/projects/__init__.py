"""Projects: the key projects of the year, and what holds them up."""
