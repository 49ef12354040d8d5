"""A traveller's own stay: until when, which room, the check of today, what was asked for."""
