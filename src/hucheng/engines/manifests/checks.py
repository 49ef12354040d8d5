"""What can only be seen over the whole list: rows twice, documents twice, two people on one seat."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.dates import age_on
from hucheng.engines.manifests.records import Problem, Traveller

INFANT = 2  # years; younger children travel on a lap (IATA passenger types: INF)


def person_problems(traveller: Traveller) -> Iterator[Problem]:
    """Give what one person lacks: a name, or anything to know the person by."""
    at: dict[str, Any] = {"line": traveller.line, "person": traveller.number}
    if not traveller.has_name:
        yield problem("NO_NAME", field="surname", **at)
    if not traveller.has_identity:
        yield problem("NO_IDENTITY", field="document_number", **at)


def birth_problem(birth: date, on: date, *, line: int, person: int) -> Problem | None:
    """Give what is impossible about a birth date on the day of the list."""
    at: dict[str, Any] = {"line": line, "field": "birth", "value": birth.isoformat(), "person": person}
    if birth > on:
        return problem("FUTURE_BIRTH", **at)
    return problem("IMPLAUSIBLE_AGE", **at) if age_on(birth, on) > 120 else None


def list_problems(travellers: Iterable[Traveller], on: date) -> list[Problem]:
    """Give what is wrong between the rows of one list; the later row bears the problem."""
    watch = Watch(on)
    return [found for traveller in travellers for found in watch.see(traveller)]


class Watch:
    """What has been seen of a list so far: enough to know a row, a document or a seat again."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.rows: dict[Traveller, int] = {}
        self.first: dict[tuple[object, ...], int] = {}

    def see(self, traveller: Traveller) -> Iterator[Problem]:
        """Give what this row repeats of an earlier one; a row that repeats another whole is told once."""
        earlier = self.rows.setdefault(_content(traveller), traveller.line)
        if earlier != traveller.line and traveller.has_name:
            yield problem("DUPLICATE_ROW", line=traveller.line, person=traveller.number, first=earlier)
            return
        document = traveller.document
        if document and document.number:
            passport = ("document", document.number, document.issuer)
            yield from self._again(traveller, "DUPLICATE_DOCUMENT", "document_number", document.number, passport)
        if number := traveller.resident_id:
            yield from self._again(traveller, "DUPLICATE_RESIDENT_ID", "resident_id", number, ("resident", number))
        if traveller.seat and not (traveller.birth and age_on(traveller.birth, self.on) < INFANT):
            place = ("seat", traveller.seat, traveller.embark, traveller.debark)
            yield from self._again(traveller, "SHARED_SEAT", "seat", traveller.seat, place)

    def _again(
        self, traveller: Traveller, code: str, field: str, value: str, key: tuple[object, ...]
    ) -> Iterator[Problem]:
        first = self.first.setdefault(key, traveller.number)
        if first != traveller.number:
            at: dict[str, Any] = {"line": traveller.line, "field": field, "value": value, "person": traveller.number}
            yield problem(code, **at, persons=(first, traveller.number), texts={"first": first})


def _content(traveller: Traveller) -> Traveller:
    return replace(traveller, number=0, line=0, raw="", problems=())


def with_problems(travellers: Iterable[Traveller], problems: Iterable[Problem]) -> tuple[Traveller, ...]:
    """Give the travellers, each bearing the problems that name it."""
    by_person: dict[int, list[Problem]] = {}
    for found in problems:
        if found.person is not None:
            by_person.setdefault(found.person, []).append(found)
    return tuple(
        replace(traveller, problems=tuple(by_person[traveller.number])) if traveller.number in by_person else traveller
        for traveller in travellers
    )
