"""What cannot be true of a school or a statement, said once for forms, lists and programs; who answers for what."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import Line, School

CODE = re.compile(r"S(\d{6})\d{2,4}")
LONGEST = timedelta(days=180)
"""A statement about half a year ahead says nothing; longer is taken for a slip of the pen."""
MOST_PUPILS = 10_000
LONGEST_NAMES = {"name_zh": 80, "name_en": 120}
LONGEST_TEXTS = {"evidence": 2_000, "reference": 120}
LARGEST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class SchoolIn:
    """The particulars of one school; `place` is the code of its county."""

    code: str
    place: str
    name_zh: str
    name_en: str
    kind: str
    first_grade: int
    last_grade: int
    grade12: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What a school says about one item."""

    number: int
    in_place: bool
    evidence: str
    figure: int | None = None
    reference: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which field, and the remedy."""

    code: str
    field: str
    why: "str | Promise"
    do: "str | Promise"

    def refusal(self) -> Refusal:
        """The fault as the refusal of an action."""
        return Refusal(self.code, why=self.why, do=self.do)


def fault_of_county(one: SchoolIn, counties: Collection[str]) -> Fault | None:
    """A school lies in a county that the register of places knows; nobody would ever see it elsewhere."""
    if one.place in counties:
        return None
    why = _("No county has the code %(place)s.") % {"place": one.place}
    return Fault("county_unknown", "place", why, _("Use the six digits of GB/T 2260, such as 140105, in both columns."))


def fault_of_school(actor: Actor, one: SchoolIn) -> Fault | None:
    """The first thing that cannot be true of a school as this actor enters it."""
    found = CODE.fullmatch(one.code)
    if found is None or found[1] != one.place:
        why = _("The code %(code)s is not S, the county's six digits and a number.") % {"code": one.code}
        return Fault("school_code", "code", why, _("Write it like S14010501 for the first school of 140105."))
    if not actor.sees_place(one.place):
        return Fault(
            "other_place", "place", _("This county is not yours."), _("Leave the row to the clerk of that county.")
        )
    if empty := next((name for name in LONGEST_NAMES if not getattr(one, name).strip()), ""):
        return Fault("school_unnamed", empty, _("A school needs its name in both languages."), _("Fill in both."))
    if long := next((name for name, most in LONGEST_NAMES.items() if len(getattr(one, name)) > most), ""):
        return Fault("too_long", long, _("The name is too long."), _("Write at most 80 signs."))
    if one.kind not in School.Kind.values:
        return Fault("school_kind", "kind", _("The kind of school is not known."), _("Use a kind of the template."))
    if not 0 <= one.first_grade <= one.last_grade <= 12:
        return Fault(
            "school_grades", "first_grade", _("The grades are not between 0 and 12 in order."), _("Write 10 and 12.")
        )
    if (one.last_grade != 12 and one.grade12) or not 0 <= one.grade12 <= MOST_PUPILS:
        return Fault(
            "school_pupils", "grade12", _("So many pupils of grade 12 cannot be."), _("Count the grade again.")
        )
    return None


def fault_of_statement(one: Statement, today: date) -> Fault | None:
    """The first thing that cannot be true of a statement on a day."""
    if one.number not in TEN:
        return Fault("no_such_item", "number", _("There are ten items, 1 to 10."), _("Write the item's number."))
    if not one.evidence.strip():
        return Fault(
            "evidence_missing", "evidence", _("A statement needs its evidence in words."), _("Say what was seen.")
        )
    if long := next((name for name, most in LONGEST_TEXTS.items() if len(getattr(one, name)) > most), ""):
        return Fault("too_long", long, _("The text is too long."), _("Shorten it and file the rest by number."))
    if one.figure is not None and not 0 <= one.figure <= LARGEST:
        return Fault("figure_beyond", "figure", _("The figure cannot be right."), _("Count again."))
    return _fault_in_place(one, today) if one.in_place else None


def _fault_in_place(one: Statement, today: date) -> Fault | None:
    item = TEN[one.number]
    if (item.least is not None or item.most is not None) and one.figure is None:
        why = _("%(item)s is proved by a figure: %(figure)s.") % {"item": item.name, "figure": item.figure}
        return Fault("figure_missing", "figure", why, _("Count and write it in."))
    if one.figure is not None and not item.within(one.figure):
        why = _("%(item)s: %(need)s Stated: %(figure)s.") % {
            "item": item.name,
            "need": item.need,
            "figure": one.figure,
        }
        return Fault("beyond_the_limit", "figure", why, _("State the item as not in place and say what is short."))
    if one.valid_until is None:
        return Fault(
            "no_last_day", "valid_until", _("What is in place holds until a day."), _("Name the last day of it.")
        )
    if not today <= one.valid_until <= today + LONGEST:
        return Fault(
            "impossible_day",
            "valid_until",
            _("The last day is over, or more than half a year ahead."),
            _("Name a day of the coming weeks."),
        )
    return None


def line_of(actor: Actor) -> Line | None:
    """The line in which an actor answers for schools; a department only if it is one of education."""
    if actor.role == Role.DEPARTMENT:
        return Line.EDUCATION if actor.unit.endswith("-EDU") else None
    return {Role.SCHOOL: Line.SCHOOL, Role.COUNTY: Line.COUNTY}.get(actor.role)


def must_have_a_line(actor: Actor) -> tuple[Line, UUID]:
    """The line and the person of an actor. Refuses a department other than education, and anybody without a name."""
    line = line_of(actor)
    if line is None or actor.user_id is None:
        raise Refusal(
            "not_of_education",
            why=_("Schools are answered for by the school, the education department and the county, each by name."),
            do=_("Ask the education department."),
        )
    return line, actor.user_id
