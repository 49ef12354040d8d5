"""Series by country and day, kept in every vintage in which they were published."""
