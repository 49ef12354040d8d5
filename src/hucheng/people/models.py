"""Gathers the models of the wing, so that Django finds them."""

from hucheng.people.register.models import Doubt, HomeChange, Merge, Person, PersonKey

__all__ = ["Doubt", "HomeChange", "Merge", "Person", "PersonKey"]
