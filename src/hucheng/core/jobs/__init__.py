"""Work done later, on the database: no extra server."""
