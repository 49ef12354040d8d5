"""A place in the rail: what a wing offers to whom."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from hucheng.core.terms import Role

if TYPE_CHECKING:
    from django.utils.functional import Promise


class Section(IntEnum):
    """The four headings of the rail, in order."""

    COMMAND, ENTRY, QUARANTINE, CITY = range(4)


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the rail."""

    section: Section
    label: "str | Promise"
    url_name: str
    icon: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    order: int = 0
