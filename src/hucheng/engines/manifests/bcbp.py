"""Bar codes of boarding passes to what they say: IATA Resolution 792, format M, up to nine legs.

A pass has mandatory items (the name once, the rest for each leg), conditional items behind `>` whose lengths stand
before them in hexadecimal, text for the airline's own use, and a signature behind `^`. Scanners and airlines cut
spaces from the end: an item that is not there is empty, not wrong.
"""

from datetime import date, timedelta
from typing import Any

from hucheng.engines.manifests.bcbp_items import (
    HEAD,
    HEAD_LENGTH,
    LEG,
    LEG_LENGTH,
    REPEATED,
    UNIQUE,
    BoardingPass,
    PassLeg,
    cut,
)
from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.records import Problem

TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"})
DECADE = 10
TO_DAY, TO_SEQUENCE = 24, 33  # characters of a leg with its day; with its sequence number, less the spaces behind it


def read_bcbp(text: str, *, today: date, line: int = 0) -> BoardingPass:
    """Read one bar code.

    today   days without a year are taken to be the nearest to it: at most half a year away
    line    where the code stands in a file of codes, for its problems
    gives   a pass; a text that is no bar code of a boarding pass gives one without legs and the problem why
    """
    return _Scan(text.strip("\r\n\x02\x03\ufeff"), today, line).read()


class _Scan:
    """A bar code being read from left to right."""

    def __init__(self, text: str, today: date, line: int) -> None:
        self.text = text
        self.today = today
        self.line = line
        self.place = 0
        self.common: dict[str, Any] = {}
        self.problems: list[Problem] = []

    def read(self) -> BoardingPass:
        """Read head, legs and signature."""
        head = dict(cut(self._take(HEAD_LENGTH), HEAD))
        count = head.get("legs", "")
        if head.get("format") != "M" or count not in tuple("123456789") or len(head.get("name", "")) < 20:
            self._mark("BCBP_FORM", "", self.text)
            return BoardingPass(raw=self.text, problems=tuple(self.problems))
        legs = self._legs(int(count))
        name = head["name"].rstrip()
        surname, _, given = name.partition("/")
        kind, security = self._signature()
        return BoardingPass(
            surname=surname.strip(), given=without_title(given), name_cut=len(name) == 20,
            electronic=head.get("electronic") == "E", legs=legs, security_kind=kind, security=security, raw=self.text,
            problems=tuple(self.problems), **self.common,
        )  # fmt: skip

    def _take(self, count: int) -> str:
        found = self.text[self.place : self.place + count]
        self.place += len(found)
        return found

    def _mark(self, code: str, field: str, value: str, **facts: Any) -> None:
        self.problems.append(problem(code, line=self.line, field=field, value=value, **facts))

    def _legs(self, count: int) -> tuple[PassLeg, ...]:
        legs = []
        for number in range(1, count + 1):
            items = self._take(LEG_LENGTH)
            if len(items) < TO_DAY:
                self._mark("BCBP_LEGS", "", items, declared=count, found=number - 1)
                break
            if len(items) < TO_SEQUENCE:
                self._mark("BCBP_CUT", f"leg {number}", items, declared=LEG_LENGTH, found=len(items))
            legs.append(self._leg({name: value.strip() for name, value in cut(items, LEG)}, number))
        return tuple(legs)

    def _leg(self, items: dict[str, str], number: int) -> PassLeg:
        size = self._size(items.pop("size", ""), f"leg {number}")
        conditional = self._take(size)
        if len(conditional) < size:
            self._mark("BCBP_CUT", f"leg {number}", conditional, declared=size, found=len(conditional))
        if number == 1 and conditional.startswith(">"):
            conditional = self._unique(conditional)
        day = self._day(items.pop("day"), f"leg {number}")
        carrier, flight = items["carrier"], flight_number(items.pop("flight"))
        items["seat"] = items.get("seat", "").lstrip("0")
        return PassLeg(**items, **self._repeated(conditional), day=day, flight=carrier + flight if flight else "")

    def _size(self, text: str, where: str) -> int:
        """Read a length of two hexadecimal figures; an empty one is zero."""
        try:
            return int(text or "0", 16)
        except ValueError:
            self._mark("BCBP_SIZE", where, text)
            return 0

    def _structured(self, text: str, where: str) -> tuple[str, str]:
        """Cut what a length announces from a text; gives it and the rest."""
        size = self._size(text[:2].strip(), where)
        return text[2 : 2 + size], text[2 + size :]

    def _unique(self, conditional: str) -> str:
        """Read what is said once: version, where checked in, issue, bags. Gives the conditional items of the leg."""
        said, rest = self._structured(conditional[2:], "conditional")
        items = {name: value.strip() for name, value in cut(said, UNIQUE)}
        tags = tuple(filter(None, (items.pop(name, "") for name in ("bag_tags", "bag_tags_2", "bag_tags_3"))))
        issued = self._issued(items.pop("issued", ""))
        self.common = {**items, "version": conditional[1:2].strip(), "issued": issued, "bag_tags": tags}
        return rest

    def _repeated(self, conditional: str) -> dict[str, str]:
        said, rest = self._structured(conditional, "conditional") if conditional.strip() else ("", "")
        return {name: value.strip() for name, value in cut(said, REPEATED)} | {"airline_use": rest.rstrip()}

    def _day(self, text: str, where: str) -> date | None:
        if not text:
            return None
        try:
            return nearest(text, self.today)
        except ValueError:
            self._mark("BCBP_DAY", where, text)
            return None

    def _issued(self, text: str) -> date | None:
        """Read one figure of the year and the day in it: the latest such day not after tomorrow."""
        if not text:
            return None
        latest = self.today + timedelta(days=1)
        try:
            years = [year for year in range(latest.year - DECADE, latest.year + 1) if year % DECADE == int(text[0])]
            days = [day_of(text[1:], year) for year in years]
            return max(day for day in days if day <= latest)
        except ValueError:
            self._mark("BCBP_DAY", "issued", text)
            return None

    def _signature(self) -> tuple[str, str]:
        rest = self.text[self.place :]
        if not rest.startswith("^"):
            if rest.strip():
                self._mark("BCBP_REST", "", rest)
            return "", ""
        size = self._size(rest[2:4].strip(), "security")
        announced = max(size, 4 - len(rest))
        if len(rest[4:]) < announced:
            self._mark("BCBP_CUT", "security", rest[4:], declared=announced, found=len(rest[4:]))
        elif rest[4 + size :].strip():
            self._mark("BCBP_REST", "", rest[4 + size :])
        return rest[1:2], rest[4 : 4 + size]


def day_of(text: str, year: int) -> date:
    """Give the day of a year, 001 to 366; raises ValueError when that year has no such day."""
    if not (len(text) == 3 and text.isascii() and text.isdigit()):
        raise ValueError(f"not the day of a year: {text!r}")
    day = date(year, 1, 1) + timedelta(days=int(text) - 1)
    if day.year != year:
        raise ValueError(f"{year} has no day {text}")
    return day


def nearest(text: str, today: date) -> date:
    """Give the day with this number that lies nearest to today; raises ValueError when no year near has it."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(day_of(text, year))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"no year near {today.year} has a day {text!r}")
    return min(found, key=lambda day: abs(day - today))


def flight_number(text: str) -> str:
    """Give a flight number without the noughts before it: 0834 -> 834, 0012A -> 12A."""
    return text.lstrip("0") or ("0" if text else "")


def without_title(given: str) -> str:
    """Take a title away that stands as a word of its own behind the given names."""
    words = given.split()
    return " ".join(words[:-1] if len(words) > 1 and words[-1].upper() in TITLES else words)
