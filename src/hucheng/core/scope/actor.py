"""The one who acts: a person in one role at one place."""

from dataclasses import dataclass
from uuid import UUID

from hucheng.core.terms import UNIT_ROLES, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one role at one place (GB/T 2260 code), bound to one unit where the role is.

    `place` "140100" sees the whole city, "140105" one county, "000000" everything.
    """

    user_id: UUID | None
    place: str
    role: Role
    unit: str = ""
    name: str = ""

    @property
    def first_place(self) -> str:
        """The lowest code in sight: the code without its trailing pairs of zeros."""
        return place_prefix(self.place)

    @property
    def next_place(self) -> str:
        """The first code out of sight, so that a range on the index serves."""
        return after_prefix(self.first_place)

    @property
    def bound_to_unit(self) -> bool:
        """Whether this actor sees rows of one unit only."""
        return self.role in UNIT_ROLES

    def sees_place(self, place: str) -> bool:
        """Whether a row at `place` is in sight."""
        return self.first_place <= place < self.next_place


def place_prefix(code: str) -> str:
    """Give the part of a GB/T 2260 code that all its parts share: 140100 -> 1401, 000000 -> ''."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def after_prefix(prefix: str) -> str:
    """Give the first code behind all codes that begin with `prefix`: 1401 -> 1402, '' -> '~'."""
    return str(int(prefix) + 1).zfill(len(prefix)) if prefix else "~"


SYSTEM = Actor(user_id=None, place="000000", role=Role.SYSTEM, name="system")
"""The house itself: jobs and set-up act as this, and the audit line says so."""
