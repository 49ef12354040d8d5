"""Gathers the models of the wing, so that Django finds them."""

from hucheng.people.register.models import Person

__all__ = ["Person"]
