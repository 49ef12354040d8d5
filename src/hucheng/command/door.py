"""What command offers the exercises above."""

from hucheng.command.measures.actions import take_readings

__all__ = ["take_readings"]
