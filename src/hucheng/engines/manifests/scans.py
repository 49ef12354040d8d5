"""What scanners hand over, one document or pass after the other, to a reading: machine-readable zones and bar codes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hucheng.engines.manifests.bcbp import read_bcbp
from hucheng.engines.manifests.bcbp_items import SHORTEST, BoardingPass, PassLeg
from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.checks import birth_problem, list_problems, person_problems, with_problems
from hucheng.engines.manifests.mrz import read_mrz
from hucheng.engines.manifests.records import Leg, Port, Problem, Reading, Traveller
from hucheng.engines.manifests.table import check_rows

ZONE = re.compile(r"\s*[A-Z][A-Z<][A-Z<]{3}[A-Z0-9<]{20,39}\s*(\n|$)")
PASS = re.compile(r"\s*M[1-9].{20}[E ].{30}", re.DOTALL)
CARD, CARD_LINES = 33, 3
"""A first line below so many characters begins a card of three lines."""


def is_mrz(text: str) -> bool:
    """The first line is that of a machine-readable zone."""
    return "<" in text[:120] and ZONE.match(text) is not None


def is_bcbp(text: str) -> bool:
    """The first line is the bar code of a boarding pass."""
    found = PASS.match(text)
    return found is not None and len(text.strip().splitlines()[0]) >= SHORTEST - 4


def read_mrz_list(text: str, *, today: date) -> Reading:
    """Read zones one below the other; blank lines between them are allowed, every other line belongs to a document."""
    travellers: list[Traveller] = []
    problems: list[Problem] = []
    zones = list(_zones(text))
    check_rows(len(zones))
    for number, (line, zone) in enumerate(zones, start=1):
        read = read_mrz(zone, today=today)
        holder = replace(read.traveller(number), line=line, raw="\n".join(zone), problems=())
        met = [replace(one, line=line + max(one.line, 1) - 1, person=number) for one in read.problems]
        if not read.form and len(zone) == 1:
            met = [problem("MRZ_REST", line=line, field="mrz", value=zone[0], person=number)]
        if read.birth and (wrong := birth_problem(read.birth, today, line=line, person=number)):
            met.append(wrong)
        if read.form:
            met += person_problems(holder)
        problems += met
        travellers.append(holder)
    return _reading("mrz", travellers, problems, today)


def _zones(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each document with the number of its first line."""
    start, zone = 0, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if zone and (not line or len(zone) == (CARD_LINES if len(zone[0]) < CARD else 2)):
            yield start, zone
            zone = []
        if line:
            start = start if zone else number
            zone.append(line)
    if zone:
        yield start, zone


def read_bcbp_list(text: str, *, today: date) -> Reading:
    """Read bar codes, one a line. The flight is the one that most passes share; each gives its leg of that flight."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    check_rows(len(lines))
    passes = [(number, read_bcbp(line, today=today, line=number)) for number, line in lines]
    legs = Counter(leg.flight for _line, one in passes for leg in one.legs if leg.flight)
    flight = legs.most_common(1)[0][0] if legs else ""
    travellers: list[Traveller] = []
    problems: list[Problem] = []
    route: list[PassLeg] = []
    for number, (line, one) in enumerate(passes, start=1):
        leg = next((leg for leg in one.legs if leg.flight == flight), None)
        met = [replace(found, person=number) for found in one.problems]
        if leg:
            route.append(leg)
        elif one.legs:
            leg = one.legs[0]
            met.append(problem("OTHER_FLIGHT", line=line, field="flight", value=leg.flight, person=number,
                               expected=flight))  # fmt: skip
        met += _pass_problems(one, number, line)
        problems += met
        travellers.append(_passenger(one, leg or PassLeg(), number, line))
    ports = [(Port("125", leg.origin), Port("87", leg.destination)) for leg in route[:1]]
    return _reading("bcbp", travellers, problems, today, flight=flight, ports=ports[0] if ports else ())


def _pass_problems(one: BoardingPass, number: int, line: int) -> Iterator[Problem]:
    place: dict[str, Any] = {"line": line, "person": number}
    if one.legs and not one.surname:
        yield problem("NO_NAME", field="surname", **place)
    yield problem("PASS_ONLY", field="document_number", **place)


def _passenger(one: BoardingPass, leg: PassLeg, number: int, line: int) -> Traveller:
    return Traveller(
        number=number, line=line, raw=one.raw, surname=one.surname, given=one.given, pnr=leg.pnr, embark=leg.origin,
        debark=leg.destination, seat=leg.seat if leg.seat_given else "",
    )  # fmt: skip


def _reading(
    format: str, travellers: list[Traveller], problems: list[Problem], today: date, *, flight: str = "",
    ports: tuple[Port, ...] = (),
) -> Reading:  # fmt: skip
    problems = [*problems, *list_problems(travellers, today)]
    return Reading(
        format=format, flight=flight, legs=(Leg(flight, ports),) if flight else (), list_kind="",
        travellers=with_problems(travellers, problems), problems=tuple(problems), control_total=None,
        rows=len(travellers),
    )  # fmt: skip
