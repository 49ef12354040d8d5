"""Origins: the countries that are watched, and the airports that flights to this city come from."""
