"""Each segment of a person in a message: what it gives, what it may get wrong, and how it is written again."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from hucheng.engines.manifests import Document, Leg, Port, Traveller, read_manifest, write_paxlst
from hucheng.engines.manifests.paxlst_person import KNOWN_UNUSED, PLACES, STEPS, person_of
from hucheng.engines.manifests.segments import segments_of
from hucheng.engines.manifests.tests.strategies import LEGS, PREPARED, TODAY

HEAD = "NAD+FL+++TESTWANG:LIHUA'DOC+P:110:111+EZ1'"
BASE = Traveller(1, surname="TESTWANG", given="LIHUA", document=Document("P", "EZ1"))


def person(text: str, head: str = HEAD):
    segments, _rest = segments_of(head + text)
    traveller, problems = person_of(segments, number=1, on=TODAY)
    return traveller, [(found.code, found.field, found.value) for found in problems]


@pytest.mark.parametrize(
    ("segment", "field", "value"),
    [
        ("ATT+2++F'", "sex", "F"),
        ("ATT+2+M'", "sex", "M"),
        ("ATT+9++F'", "sex", ""),
        ("DTM+329:850430'", "birth", date(1985, 4, 30)),
        ("DTM+329:850430:101'", "birth", date(1985, 4, 30)),
        ("DTM+329:19850430:102'", "birth", date(1985, 4, 30)),
        ("DTM+329:200321'", "birth", date(2020, 3, 21)),
        ("MEA+CT++:0'", "bags", 0),
        ("MEA+CT++KGM:12'", "bags", 12),
        ("MEA+WT++:x'", "bags", None),
        ("GEI+4+173'", "verified", True),
        ("GEI+4+174'", "verified", False),
        ("GEI+9+173'", "verified", None),
        ("LOC+22+TYN'", "clearance_port", "TYN"),
        ("LOC+178+YYZ'", "embark", "YYZ"),
        ("LOC+179+PEK'", "debark", "PEK"),
        ("LOC+174+CAN'", "residence", "CAN"),
        ("LOC+180+CHN'", "birth_place", "CHN"),
        ("LOC+999+QQQ'", "embark", ""),
        ("COM+86 351 0000000:TE'", "phone", "86 351 0000000"),
        ("COM+1:AL'", "phone", "1"),
        ("COM+A@B:EM'", "phone", ""),
        ("NAT+2+CHN'", "nationality", "CHN"),
        ("RFF+AVF:ZZTST1'", "pnr", "ZZTST1"),
        ("RFF+SEA:34F'", "seat", "34F"),
        ("RFF+ABO:X'", "pnr", ""),
    ],
)
def test_what_a_segment_gives(segment, field, value):
    traveller, problems = person(segment)
    assert getattr(traveller, field) == value and problems == []


@pytest.mark.parametrize(
    ("segment", "found"),
    [
        ("ATT+2++Q'", ("BAD_SEX", "sex", "Q")),
        ("DTM+329:850230'", ("INVALID_DATE", "birth", "850230")),
        ("DTM+329:'", ("INVALID_DATE", "birth", "")),
        ("DTM+329:20200322:102'", ("FUTURE_BIRTH", "birth", "2020-03-22")),
        ("DTM+329:18500101:102'", ("IMPLAUSIBLE_AGE", "birth", "1850-01-01")),
        ("DTM+36:991399'", ("INVALID_DATE", "document_expiry", "991399")),
        ("MEA+CT++:two'", ("BAD_BAGS", "bags", "two")),
        ("MEA+CT++:²'", ("BAD_BAGS", "bags", "²")),
        ("XYZ+1'", ("BAD_SEGMENT", "XYZ", "XYZ+1")),
    ],
)
def test_what_a_segment_gets_wrong_is_said_and_the_person_stays(segment, found):
    traveller, problems = person(segment)
    assert problems == [found] and traveller.has_name and traveller.has_identity


@pytest.mark.parametrize("tag", sorted(KNOWN_UNUSED))
def test_segments_of_the_guide_that_say_nothing_here_are_no_problem(tag):
    assert person(f"{tag}+1:2+3'")[1] == []


@pytest.mark.parametrize(
    ("nad", "kind", "in_transit"),
    [("FL", "passenger", False), ("FM", "crew", False), ("DDT", "transit", False), ("DDU", "crew", True)],
)
def test_kinds_of_persons(nad, kind, in_transit):
    traveller, problems = person("", HEAD.replace("NAD+FL", f"NAD+{nad}"))
    assert (traveller.kind, traveller.in_transit, problems) == (kind, in_transit, [])


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("A:B:C", ("A", "B", "C")),
        ("A:B:C:D", ("A", "B", "C D")),
        ("A", ("A", "", "")),
        (" A : B ", ("A", "B", "")),
        (":B", ("", "B", "")),
    ],
)
def test_names_have_three_parts(name, parts):
    traveller, _problems = person("", f"NAD+FL+++{name}'DOC+P+EZ1'")
    assert (traveller.surname, traveller.given, traveller.second) == parts


def test_an_address_keeps_its_empty_parts():
    traveller, _problems = person("", "NAD+FL+++A:B+12 RUE:BAT A+LYON++69000+FRA'DOC+P+EZ1'")
    assert traveller.address == ("12 RUE, BAT A", "LYON", "", "69000", "FRA")


def test_each_document_has_its_own_expiry_and_issuer():
    text = "DTM+36:270812'LOC+91+CHN'DOC+V+V1'DTM+36:210101'LOC+91+CAN'DOC+I+I1'"
    traveller, _problems = person(text)
    assert traveller.document == Document("P", "EZ1", date(2027, 8, 12), "CHN")
    assert traveller.other_documents == (Document("V", "V1", date(2021, 1, 1), "CAN"), Document("I", "I1"))


def test_an_issuer_without_a_document_is_kept():
    traveller, problems = person("LOC+91+CHN'", "NAD+FL+++A:B'")
    assert traveller.document == Document("", "", None, "CHN")
    assert [code for code, _field, _value in problems] == ["NO_IDENTITY"]


def test_the_raw_source_has_every_segment():
    traveller, _problems = person("ATT+2++F'XYZ+1'")
    assert traveller.raw.split("\n") == ["NAD+FL+++TESTWANG:LIHUA'", "DOC+P:110:111+EZ1'", "ATT+2++F'", "XYZ+1'"]


def test_every_place_of_a_person_is_written_and_read():
    changed = replace(BASE, **dict.fromkeys(PLACES.values(), "TYN"))
    (back,) = read_manifest(write_paxlst([changed], flight="HU1", prepared=PREPARED), today=TODAY).travellers
    assert replace(back, raw="", line=0) == changed and set(STEPS) >= {"NAD", "LOC"}


@pytest.mark.parametrize(
    "change",
    [
        {"surname": "O'BRIEN+MUSTER", "given": "A:B?C"},
        {"address": ("12 RUE, A", "", "69000")},
        {"other_documents": (Document("V", "V1", date(2021, 1, 1), "CAN"),)},
        {"bags": 0, "verified": False},
        {"birth": date(1921, 1, 1)},
        {"birth": date(2020, 3, 21)},
        {"phone": "+86 351 0000000"},
        {"kind": "transit"},
        {"kind": "crew", "in_transit": True},
        {"document": Document("P", "EZ1", date(2069, 12, 31), "XXA")},
        {"surname": "МУСТЕР"},
    ],
)
def test_what_a_person_has_is_written_and_read(change):
    changed = replace(BASE, **change)
    (back,) = read_manifest(write_paxlst([changed], flight="HU1", prepared=PREPARED), today=TODAY).travellers
    assert replace(back, raw="", line=0) == changed


def test_letters_outside_ascii_raise_the_level_of_the_interchange():
    plain, other = (write_paxlst([replace(BASE, surname=s)], flight="HU1", prepared=PREPARED) for s in ("WANG", "王"))
    assert b"UNB+UNOA:4" in plain and plain.isascii() and b"UNB+UNOW:4" in other


def test_passengers_and_crew_are_written_in_messages_of_their_own_with_counts():
    people = [BASE, replace(BASE, kind="crew", document=Document("P", "EZ2"))]
    data = write_paxlst(people, flight="HU1", prepared=PREPARED, contact="DESK", contact_phone="1").decode()
    assert data.count("UNH+") == data.count("NAD+MS+++DESK") == 2 and "CNT+42:1'" in data and "CNT+41:1'" in data
    reading = read_manifest(data.encode(), today=TODAY)
    assert reading.problems == () and reading.list_kind == "mixed" and reading.meta["contact"] == "DESK"
    assert reading.meta["contact_phone"] == "1" and reading.meta["prepared"] == "2020-03-21T09:15"


def test_legs_are_written_with_their_ports_and_times():
    data = write_paxlst([BASE], flight="HU7976", legs=LEGS, prepared=PREPARED)
    assert read_manifest(data, today=TODAY).legs == LEGS
    bare = read_manifest(write_paxlst([BASE], flight="HU7976", prepared=PREPARED), today=TODAY)
    assert bare.legs == (Leg("HU7976"),)


@pytest.mark.parametrize("qualifier", ["125", "87", "92", "130"])
def test_the_time_of_every_kind_of_port_comes_back(qualifier):
    leg = Leg("HU1", (Port(qualifier, "TYN", datetime(2020, 3, 21, 23, 59)),))
    assert read_manifest(write_paxlst([BASE], flight="HU1", legs=[leg], prepared=PREPARED), today=TODAY).legs == (leg,)


def test_nobody_to_write_is_an_interchange_without_messages():
    data = write_paxlst([], flight="HU1", prepared=PREPARED)
    assert b"UNH" not in data and b"UNE+0+1" in data
