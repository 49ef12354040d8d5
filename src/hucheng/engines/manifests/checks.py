"""What can only be seen over the whole list: rows twice, documents twice, two people on one seat."""

from collections.abc import Callable, Iterable, Iterator
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
    repeated = {found.person: found for found in _repeated_rows(travellers)}
    single = [traveller for traveller in travellers if traveller.number not in repeated]
    return [
        *repeated.values(),
        *_twice(single, "DUPLICATE_DOCUMENT", "document_number", _document_key),
        *_twice(single, "DUPLICATE_RESIDENT_ID", "resident_id", lambda one: one.resident_id or None),
        *_shared_seats(single, on),
    ]


def _document_key(traveller: Traveller) -> tuple[str, str] | None:
    document = traveller.document
    return (document.number, document.issuer) if document and document.number else None


def _content(traveller: Traveller) -> Traveller:
    return replace(traveller, number=0, line=0, raw="", problems=())


def _repeated_rows(travellers: Iterable[Traveller]) -> Iterator[Problem]:
    first: dict[Traveller, Traveller] = {}
    for traveller in travellers:
        earlier = first.setdefault(_content(traveller), traveller)
        if earlier is not traveller and traveller.has_name:
            yield problem("DUPLICATE_ROW", line=traveller.line, person=traveller.number, first=earlier.line)


def _twice(
    travellers: Iterable[Traveller], code: str, field: str, key: Callable[[Traveller], object]
) -> Iterator[Problem]:
    first: dict[object, Traveller] = {}
    for traveller in travellers:
        if (value := key(traveller)) is None:
            continue
        earlier = first.setdefault(value, traveller)
        if earlier is not traveller:
            shown = value[0] if isinstance(value, tuple) else value
            persons = (earlier.number, traveller.number)
            at: dict[str, Any] = {"line": traveller.line, "field": field, "value": shown, "person": traveller.number}
            yield problem(code, **at, persons=persons, texts={"first": earlier.number})


def _shared_seats(travellers: Iterable[Traveller], on: date) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], Traveller] = {}
    for traveller in travellers:
        if not traveller.seat or (traveller.birth and age_on(traveller.birth, on) < INFANT):
            continue
        earlier = first.setdefault((traveller.seat, traveller.embark, traveller.debark), traveller)
        if earlier is not traveller:
            at: dict[str, Any] = {
                "line": traveller.line,
                "field": "seat",
                "value": traveller.seat,
                "person": traveller.number,
            }
            yield problem(
                "SHARED_SEAT", **at, persons=(earlier.number, traveller.number), texts={"first": earlier.number}
            )


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
