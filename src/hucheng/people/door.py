"""What the register offers the other wings."""

from hucheng.people.register.actions import Found, PersonRecord, find_or_add, settle_homes
from hucheng.people.register.merged import human_of, rows_of
from hucheng.people.register.queries import without_county

__all__ = ["Found", "PersonRecord", "find_or_add", "human_of", "rows_of", "settle_homes", "without_county"]
