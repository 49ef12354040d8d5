"""Economy: what the year is for, counted while the city guards itself."""
