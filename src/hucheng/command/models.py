"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.command.measures.models import KeptReading

__all__ = ["KeptReading"]
