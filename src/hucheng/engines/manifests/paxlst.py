"""PAXLST messages (UN/EDIFACT 02B to 17B, crew and passengers, several messages a file) to one reading.

Segment groups after the WCO/IATA/ICAO passenger list implementation guides; segments of one person are taken in any
order. Errors are collected: a bad message still yields its readable persons.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from hucheng.engines.manifests.catalogue import problem, unreadable
from hucheng.engines.manifests.checks import list_problems, with_problems
from hucheng.engines.manifests.dates import local_time
from hucheng.engines.manifests.paxlst_frame import envelope, envelope_problems, message_blocks, part_problems
from hucheng.engines.manifests.paxlst_person import KINDS, person_of
from hucheng.engines.manifests.records import Leg, Port, Problem, Reading, Traveller
from hucheng.engines.manifests.segments import Segment, segments_of
from hucheng.engines.manifests.table import check_rows

LIST_KINDS = {"745": "passenger", "250": "crew"}
LEFT = frozenset({"CLNB", "XR", "RP", "XF"})
"""Functions of BGM that name people who do not come: not aboard, cancelled, party reduced, flight cancelled."""
HEAD_PARTIES = frozenset({"MS", "VW", "COP", "CA", "AG", "MR", "TR"})
FRAME_TAGS = frozenset(
    {"UNH", "BGM", "RFF", "DTM", "LOC", "NAD", "CTA", "COM", "TDT", "FTX", "GEI", "GIR", "AUT", "CNT", "UNT"}
)
"""What may stand in a message outside a person; any other segment there may be what is left of one."""
PORTS = frozenset({"125", "87", "92", "130"})
PORT_TIMES = frozenset({"189", "232"})


def read_paxlst(text: str, *, today: date, sha256: str = "") -> Reading:
    """Read every PAXLST message of a text.

    today   the day two-digit years are judged by when the envelope gives no date
    raises ManifestUnreadable when the text holds no person at all
    """
    segments, rest = segments_of(text)
    meta, on, messages = _frame(segments, today)
    persons, problems = _persons(messages, on)
    problems += _envelope_problems(segments, rest, messages, persons)
    return replace(_reading(meta, messages, persons, problems), sha256=sha256)


def read_messages(text: str, *, today: date) -> tuple[Reading, ...]:
    """Read a text to one reading a message, for merging: each with its own function, legs, count and problems.

    What concerns the whole file stands with the first. Raises ManifestUnreadable as `read_paxlst` does.
    """
    segments, rest = segments_of(text)
    meta, on, messages = _frame(segments, today)
    everybody, _problems = _persons(messages, on)
    whole = _envelope_problems(segments, rest, messages, everybody)
    readings: list[Reading] = []
    for message in messages:
        persons, problems = _persons([message], on)
        file_problems = [one for one in whole if one.person is None] if not readings else []
        if message.persons or message.function:
            readings.append(_reading(meta, [message], persons, problems + file_problems))
    return tuple(readings)


def _frame(segments: tuple[Segment, ...], today: date) -> tuple[dict[str, str], date, list["Message"]]:
    meta = envelope(segments)
    on = local_time(meta["prepared_raw"]).date() if "prepared_raw" in meta else today
    messages = [Message(block, on) for block in message_blocks(segments)]
    check_rows(sum(len(message.persons) for message in messages))
    return meta, on, messages


def _reading(
    meta: dict[str, str], messages: list["Message"], persons: list[Traveller], problems: list[Problem]
) -> Reading:
    travellers = with_problems(persons, problems)
    kinds = {message.list_kind for message in messages if message.list_kind}
    functions = list(dict.fromkeys(message.function for message in messages))
    legs = tuple(dict.fromkeys(leg for message in messages for leg in message.legs()))
    if len(flights := list(dict.fromkeys(leg.flight for leg in legs if leg.flight))) > 1:
        problems.append(problem("MANY_FLIGHTS", field="flight", value=", ".join(flights)))
    totals = [message.control_total for message in messages if message.control_total is not None]
    return Reading(
        format="paxlst", flight=flights[0] if flights else "", legs=legs,
        list_kind="mixed" if len(kinds) > 1 else "".join(kinds), travellers=travellers, problems=tuple(problems),
        control_total=sum(totals) if totals else None, rows=len(travellers),
        meta=_meta(meta, messages), function=functions[0] if len(functions) == 1 else "",
    )  # fmt: skip


class Message:
    """One message, cut into head, persons and tail."""

    def __init__(self, segments: list[Segment], on: date) -> None:
        self.segments = segments
        self.on = on
        self.head: list[Segment] = []
        self.persons: list[list[Segment]] = []
        self.tail: list[Segment] = []
        self._cut()
        self.list_kind = next((LIST_KINDS.get(one.part(0), "") for one in self.head if one.tag == "BGM"), "")
        self.function = self.part("BGM", 1)

    def _cut(self) -> None:
        target, started = self.head, False
        for segment in self.segments:
            if segment.tag in ("CNT", "UNT"):
                self.tail.append(segment)
                target = self.tail if self.persons else self.head
                continue
            if segment.tag == "NAD" and opens_person(segment, started):
                self.persons.append(target := [])
            started = started or segment.tag == "TDT"
            target.append(segment)

    def part(self, tag: str, element: int, component: int = 0) -> str:
        """Give a component of the first segment with this tag in head or tail."""
        found = (one.part(element, component) for one in (*self.head, *self.tail) if one.tag == tag)
        return next(found, "")

    @property
    def complete(self) -> bool:
        """The message has its end."""
        return any(segment.tag == "UNT" for segment in self.tail)

    @property
    def control_total(self) -> int | None:
        """The number of persons that the message itself declares."""
        found = next((one.part(0, 1) for one in self.tail if one.tag == "CNT" and one.part(0) in ("41", "42")), "")
        return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else None

    def meta(self) -> dict[str, str]:
        """Give what the head says of the message."""
        release = ".".join(filter(None, (self.part("UNH", 1, 1), self.part("UNH", 1, 2))))
        return {
            "message_ref": self.part("UNH", 0), "type": self.part("UNH", 1), "release": release,
            "contact": self.part("NAD", 3), "contact_phone": self.part("COM", 0),
        }  # fmt: skip

    def legs(self) -> list[Leg]:
        """Give the legs with their ports in the order of the message; they may stand behind the persons."""
        legs: list[Leg] = []
        early = any(segment.tag == "TDT" for segment in self.head)
        for segment in self.head if early else self.segments:
            if segment.tag == "TDT":
                legs.append(Leg(segment.part(1)))
            elif legs and segment.tag == "LOC" and segment.part(0) in PORTS:
                legs[-1] = Leg(legs[-1].flight, (*legs[-1].ports, Port(segment.part(0), segment.part(1))))
            elif legs and legs[-1].ports and segment.tag == "DTM" and segment.part(0) in PORT_TIMES:
                legs[-1] = _timed(legs[-1], segment.part(0, 1))
        return legs

    def problems(self) -> list[Problem]:
        """Give what the message's own counts and times contradict."""
        return self.counted(len(self.persons), len(self.segments))

    def counted(self, persons: int, segments: int) -> list[Problem]:
        """Give what its counts and times contradict when so many persons and segments were found."""
        problems = []
        for segment in self.tail:
            declared = segment.part(0)
            if segment.tag == "UNT" and declared.isascii() and declared.isdigit() and int(declared[:9]) != segments:
                facts: dict[str, Any] = {"declared": int(declared[:9]), "found": segments}
                problems.append(problem("UNT_COUNT", line=segment.number, field="UNT", value=segment.raw, **facts))
        if self.control_total is not None and self.control_total != persons:
            totals = {"declared": self.control_total, "found": persons}
            problems.append(problem("CNT_MISMATCH", line=self.tail[0].number, field="CNT", **totals))
        return [*problems, *self._strange_segments(), *self._time_problems()]

    def _strange_segments(self) -> list[Problem]:
        """Give the segments outside a person that belong to one: its NAD may have been damaged."""
        return [
            problem("BAD_SEGMENT", line=segment.number, field=segment.tag, value=segment.raw)
            for segment in (*self.head, *self.tail)
            if segment.tag not in FRAME_TAGS
        ]

    def _time_problems(self) -> list[Problem]:
        problems = []
        for segment in self.head:
            if segment.tag == "DTM" and segment.part(0) in PORT_TIMES and _time(segment.part(0, 1)) is None:
                at: dict[str, Any] = {"line": segment.number, "field": "scheduled", "value": segment.part(0, 1)}
                problems.append(problem("INVALID_DATE", **at, where=f"DTM+{segment.part(0)}"))
        return problems


def opens_person(segment: Segment, started: bool) -> bool:
    """A NAD begins a person: it says so, or it stands behind the legs and names no party of the head."""
    return segment.part(0) in KINDS or (started and segment.part(0) not in HEAD_PARTIES)


def _time(text: str) -> object:
    try:
        return local_time(text)
    except ValueError:
        return None


def _timed(leg: Leg, text: str) -> Leg:
    try:
        port = Port(leg.ports[-1].qualifier, leg.ports[-1].port, local_time(text))
    except ValueError:
        return leg
    return Leg(leg.flight, (*leg.ports[:-1], port))


def _persons(messages: list[Message], on: date) -> tuple[list[Traveller], list[Problem]]:
    travellers: list[Traveller] = []
    problems: list[Problem] = []
    for message in messages:
        problems += message.problems()
        for group in message.persons:
            traveller, met = person_of(group, number=len(travellers) + 1, on=on)
            travellers.append(traveller)
            problems += met
            if message.function in LEFT:
                at: dict[str, Any] = {"line": traveller.line, "field": "BGM", "value": message.function}
                problems.append(problem("NOT_ABOARD", **at, person=traveller.number))
    return travellers, problems + list_problems(travellers, on)


def _envelope_problems(
    segments: tuple[Segment, ...], rest: str, messages: list[Message], travellers: list[Traveller]
) -> list[Problem]:
    """Give what is missing at the end of the file or of a message; the person at a cut may not be whole."""
    if not travellers:
        raise unreadable("NO_PERSONS", line=len(segments))
    counted = [*envelope_problems(segments), *part_problems(messages)]
    tags = {segment.tag for segment in segments}
    whole = not rest and all(message.complete for message in messages) and ("UNB" in tags) <= ("UNZ" in tags)
    if whole:
        return counted
    problems = [*counted, problem("TRUNCATED", line=len(segments), value=rest[-80:])]
    count = 0
    for message in messages:
        count += len(message.persons)
        if message.persons and not message.tail:
            last = travellers[count - 1]
            problems.append(problem("CUT_OFF", line=last.line, person=last.number, value=rest[-80:]))
    return problems


def _meta(found: dict[str, str], messages: list[Message]) -> dict[str, str]:
    meta = {key: value for key, value in found.items() if key != "prepared_raw"}
    if messages:
        meta |= messages[0].meta()
        meta["messages"] = str(len(messages))
    return meta
