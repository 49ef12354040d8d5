"""Directives: what a meeting demanded, confirmed by a person, given an owner, published."""
