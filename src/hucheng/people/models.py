"""Gathers the models of the wing, so that Django finds them."""

from hucheng.people.register.models import HomeChange, Person

__all__ = ["HomeChange", "Person"]
