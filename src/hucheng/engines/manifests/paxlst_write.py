"""Travellers to a PAXLST interchange (directory D.05B): passengers and crew each in a message of their own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from hucheng.engines.manifests.records import Document, Leg, Traveller
from hucheng.engines.manifests.segments import released

QUALIFIERS = {"passenger": "FL", "transit": "DDT", "crew": "FM"}
TIMES = {"125": "189", "92": "189", "87": "232", "130": "232"}


def write_paxlst(
    travellers: Iterable[Traveller],
    *,
    flight: str,
    legs: Sequence[Leg] = (),
    prepared: datetime,
    sender: str = "AIRLINE",
    recipient: str = "HUCHENG",
    reference: str = "1",
    contact: str = "",
    contact_phone: str = "",
) -> bytes:
    """Write one interchange.

    legs      with ports and local times; empty: one leg without ports
    prepared  when the list was made, local time
    gives     bytes in UNOA (ASCII) or, with other letters, UNOW (UTF-8)

    Names in Chinese and resident IDs have no place in PAXLST and are left out.
    """
    travellers = list(travellers)
    groups = [[one for one in travellers if one.kind != "crew"], [one for one in travellers if one.kind == "crew"]]
    stamp = prepared.strftime("%y%m%d:%H%M")
    head = [("NAD", "MS", "", "", [contact]), ("COM", [contact_phone, "TE"])] if contact else []
    body, count = "", 0
    for group, code, total in zip(groups, ("745", "250"), ("42", "41"), strict=True):
        if group:
            count += 1
            lines = [("BGM", code), *head, *_legs(flight, legs)]
            lines += [line for traveller in group for line in _person(traveller)]
            body += _message(f"{reference}{count:03}", [*lines, ("CNT", [total, str(len(group))])])
    envelope = [reference, "", "PAXLST"]
    level = "UNOA" if body.isascii() else "UNOW"
    text = "UNA:+.? '\r\n" + _segment(("UNB", [level, "4"], sender, recipient, stamp.split(":"), *envelope))
    text += _segment(("UNG", "PAXLST", sender, recipient, stamp.split(":"), "1", "UN", ["D", "05B"])) + body
    text += _segment(("UNE", str(count), "1")) + _segment(("UNZ", "1", reference))
    return text.encode("ascii" if level == "UNOA" and text.isascii() else "utf-8")


def _segment(parts: Sequence[str | Sequence[str]]) -> str:
    """Write one segment; empty elements and components at its end are left out."""
    elements = [_element(part) for part in parts]
    while len(elements) > 1 and not elements[-1]:
        elements.pop()
    return "+".join(elements) + "'\r\n"


def _element(part: str | Sequence[str]) -> str:
    components = [released(text) for text in ([part] if isinstance(part, str) else part)]
    while len(components) > 1 and not components[-1]:
        components.pop()
    return ":".join(components)


def _message(reference: str, lines: list[tuple[str | Sequence[str], ...]]) -> str:
    head = ("UNH", reference, ["PAXLST", "D", "05B", "UN", "IATA"])
    return "".join(map(_segment, (head, *lines, ("UNT", str(len(lines) + 2), reference))))


def _legs(flight: str, legs: Sequence[Leg]) -> Iterable[tuple[str | Sequence[str], ...]]:
    for leg in legs or (Leg(flight),):
        yield ("TDT", "20", leg.flight or flight)
        for port in leg.ports:
            yield ("LOC", port.qualifier, port.port)
            if port.scheduled:
                time = port.scheduled.strftime("%y%m%d%H%M")
                yield ("DTM", [TIMES.get(port.qualifier, "232"), time, "201"])


def _person(one: Traveller) -> Iterable[tuple[str | Sequence[str], ...]]:
    qualifier = "DDU" if one.kind == "crew" and one.in_transit else QUALIFIERS.get(one.kind, "FL")
    yield ("NAD", qualifier, "", "", [one.surname, one.given, one.second], *one.address)
    if one.sex:
        yield ("ATT", "2", "", one.sex)
    if one.birth:
        yield ("DTM", ["329", *_day(one.birth)])
    if one.bags is not None:
        yield ("MEA", "CT", "", ["", str(one.bags)])
    if one.verified is not None:
        yield ("GEI", "4", "173" if one.verified else "174")
    places = {"22": one.clearance_port, "178": one.embark, "179": one.debark, "174": one.residence,
              "180": one.birth_place}  # fmt: skip
    yield from (("LOC", qualifier, place) for qualifier, place in places.items() if place)
    if one.phone:
        yield ("COM", [one.phone, "TE"])
    if one.nationality:
        yield ("NAT", "2", one.nationality)
    yield from (("RFF", [name, value]) for name, value in (("AVF", one.pnr), ("SEA", one.seat)) if value)
    for document in filter(None, (one.document, *one.other_documents)):
        yield from _document(document)


def _day(day: date) -> list[str]:
    """Write the full year: with two digits a reader could only guess the century."""
    return [f"{day:%Y%m%d}" if day.year >= 1000 else day.isoformat().replace("-", ""), "102"]


def _document(document: Document) -> Iterable[tuple[str | Sequence[str], ...]]:
    yield ("DOC", [document.type, "110", "111"], document.number)
    if document.expiry:
        yield ("DTM", ["36", *_day(document.expiry)])
    if document.issuer:
        yield ("LOC", "91", document.issuer)
