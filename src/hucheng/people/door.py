"""What the register offers the other wings."""

from hucheng.people.register.actions import Found, PersonRecord, find_or_add

__all__ = ["Found", "PersonRecord", "find_or_add"]
