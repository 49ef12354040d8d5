"""Health declarations, by the traveller or on paper at the desk."""
