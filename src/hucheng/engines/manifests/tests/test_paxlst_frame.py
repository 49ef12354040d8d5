"""What frames the persons: counts of the envelope, parts of a divided list, functions of a message, crew in transit."""

from dataclasses import replace
from datetime import date

import pytest

from hucheng.engines.manifests import Traveller, read_manifest, write_paxlst
from hucheng.engines.manifests.tests.strategies import PREPARED, TODAY, codes
from hucheng.engines.manifests.tests.test_paxlst import GOOD

GROUP = b"UNG+PAXLST+AIR+CITY+200321:0915+1+UN+D:05B'\r\n"
PERSON = b"NAD+FL+++TEST%d:ONE'\r\nATT+2++F'\r\nDTM+329:850430'\r\nDOC+P:110:111+EZ%d'\r\nCNT+42:1'\r\nUNT+9+1'\r\n"


def read(data: bytes):
    return read_manifest(data, today=TODAY)


def part(number: int, which: str = "", document: int = 745, reference: str = "HU7976/200321") -> bytes:
    """Give one part of a divided list with one person."""
    mark = f"{number:02}" + (f":{which}" if which else "")
    head = f"UNH+{number}+PAXLST:D:12B:UN:IATA+{reference}+{mark}'\r\nBGM+{document}'\r\nTDT+20+HU7976'\r\n"
    return head.encode() + PERSON % (number, number * 10 + document % 10)


def interchange(*messages: bytes, count: int | None = None) -> bytes:
    body = b"".join(messages)
    tail = f"UNZ+{len(messages) if count is None else count}+9'\r\n".encode()
    return b"UNB+UNOA:4+AIR+CITY+200321:0915+9'\r\n" + body + tail


def facts(found) -> dict:
    return dict(found.facts)


def test_a_file_that_holds_what_it_announces_has_no_problem():
    assert read(interchange(part(1, "F"))).problems == ()


@pytest.mark.parametrize("count", [0, 2, 7])
def test_messages_that_have_not_come_are_counted(count):
    (found,) = read(interchange(part(1, "F"), count=count)).problems
    assert (found.code, found.field) == ("ENVELOPE_COUNT", "UNZ") and found.line > 0
    assert facts(found) == {"declared": count, "found": 1} and not found.fatal


def test_with_groups_the_file_counts_groups_and_each_group_its_messages():
    grouped = GROUP + part(1, "C") + part(2, "F")
    assert read(interchange(grouped + b"UNE+2+1'\r\n")).problems == ()
    (found,) = read(interchange(grouped + b"UNE+3+1'\r\n")).problems
    assert (found.code, found.field, facts(found)) == ("ENVELOPE_COUNT", "UNE", {"declared": 3, "found": 2})


def test_a_count_that_is_no_number_is_not_compared():
    assert read(GOOD.replace(b"UNZ+1", b"UNZ+x")).problems == ()


def test_two_interchanges_in_one_file_are_counted_each():
    assert read(interchange(part(1, "F")) + interchange(part(2, "F", reference="CA1"))).rows == 2


def test_the_parts_of_a_divided_list_make_one():
    reading = read(interchange(part(1, "C"), part(2), part(3, "F")))
    assert reading.problems == () and reading.rows == reading.control_total == 3


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ([part(1, "C"), part(3, "F")], "02"),
        ([part(4, "F")], "01, 02, 03"),
        ([part(1, "C")], "02…"),
        ([part(1, "C"), part(3)], "02, 04…"),
    ],
)
def test_a_part_that_has_not_come_is_named(parts, missing):
    (found,) = read(interchange(*parts)).problems
    assert (found.code, found.value) == ("PART_MISSING", missing) and missing in found.why.zh
    assert all(one.readable for one in read(interchange(*parts)).travellers)


def test_parts_in_any_order_and_sent_twice_are_whole():
    assert read(interchange(part(2, "F"), part(1, "C"))).problems == ()
    again = read(interchange(part(1, "C"), part(1, "C"), part(2, "F")))
    assert set(codes(again)) == {"DUPLICATE_ROW"} or codes(again) == ["DUPLICATE_DOCUMENT"]


def test_crew_and_passengers_are_divided_each_for_itself():
    crew = part(1, "F", document=250).replace(b"NAD+FL", b"NAD+FM").replace(b"CNT+42", b"CNT+41")
    assert codes(read(interchange(part(1, "C"), crew, part(2, "F")))) == []


@pytest.mark.parametrize("function", ["CLNB", "XR", "RP", "XF"])
def test_people_named_as_not_coming_are_not_taken_as_arriving(function):
    reading = read(GOOD.replace(b"BGM+745", f"BGM+266+{function}".encode()))
    assert reading.function == function and reading.readable == () and reading.rows == 2
    assert codes(reading) == ["NOT_ABOARD", "NOT_ABOARD"] and reading.problems[0].value == function


@pytest.mark.parametrize("function", ["", "CP", "CLOB"])
def test_people_named_as_coming_are_taken(function):
    reading = read(GOOD.replace(b"BGM+745", f"BGM+745+{function}".encode()))
    assert reading.function == function and len(reading.readable) == 2 and reading.problems == ()


def test_messages_that_do_different_things_have_no_common_function():
    left = part(2, "F").replace(b"BGM+745", b"BGM+266+CLNB")
    reading = read(interchange(part(1, "F"), left, count=2))
    assert reading.function == "" and [one.readable for one in reading.travellers] == [True, False]


def test_crew_in_transit_stay_crew_in_transit_on_the_way_back():
    person = Traveller(
        1, kind="crew", surname="CREWTEST", given="ONE", birth=date(1985, 4, 30), seat="1A", in_transit=True
    )
    data = write_paxlst([person], flight="HU7976", prepared=PREPARED)
    assert b"NAD+DDU" in data
    (back,) = read(data).travellers
    assert replace(back, raw="", line=0, problems=()) == person
    assert read(data).as_paxlst_dict()["persons"][0]["kind"] == "in_transit_crew"


def test_crew_in_transit_are_known_under_own_separators():
    text = GOOD.replace(b"NAD+FL", b"NAD+DDU").decode()
    body = text[9:].translate(str.maketrans({":": "|", "+": "*", "'": "~"}))
    reading = read(("UNA|*.! ~" + body).encode())
    assert {one["kind"] for one in reading.as_paxlst_dict()["persons"]} == {"in_transit_crew"}


@pytest.mark.parametrize("release", ["02B", "05B", "10B", "12B", "13B", "15B", "16B", "17A", "17B"])
def test_every_directory_in_use_is_read_alike(release):
    reading = read(interchange(part(1, "F").replace(b"D:12B", b"D:" + release.encode())))
    assert reading.problems == () and reading.meta["release"] == f"D.{release}"
    assert reading.travellers[0].document.number == "EZ15"


@pytest.mark.parametrize(
    ("level", "name", "encoding"),
    [
        (b"UNOA", "MUELLER", "ascii"),
        (b"UNOB", "Mueller", "ascii"),
        (b"UNOC", "MÜLLER", "latin-1"),
        (b"UNOD", "ŁĘCKI", "iso8859-2"),
        (b"UNOE", "ПЕТРОВ", "iso8859-5"),
        (b"UNOW", "王丽华", "utf-8"),
        (b"UNOA", "王丽华", "gb18030"),
        (b"UNOY", "王丽华", "utf-16"),
    ],
)
def test_the_characters_of_every_level_are_read(level, name, encoding):
    text = interchange(part(1, "F")).decode().replace("UNOA", level.decode()).replace("TEST1", name)
    reading = read(text.encode(encoding))
    assert reading.travellers[0].surname == name and reading.problems == ()


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (0, 3, 2, 1), (0, 2, 3, 1)])
def test_segments_of_a_person_come_in_any_order(order):
    head, body = GOOD.split(b"NAD+FL+++TESTWANG:LIHUA'\r\n")
    lines = body.split(b"\r\n")[:4]
    shuffled = b"\r\n".join(lines[place] for place in order)
    data = head + b"NAD+FL+++TESTWANG:LIHUA'\r\n" + shuffled + b"\r\n" + b"\r\n".join(body.split(b"\r\n")[4:])
    (one, _other) = read(data).travellers
    assert (one.sex, one.birth, one.seat, one.document.number) == ("F", date(1985, 4, 30), "34F", "EZ1")


def test_the_totals_may_stand_before_the_persons():
    moved = GOOD.replace(b"CNT+42:2'\r\n", b"").replace(b"TDT+20", b"CNT+42:2'\r\nTDT+20")
    reading = read(moved)
    assert reading.rows == 2 and reading.control_total == 2 and reading.flight == "HU7976"


def test_the_legs_may_stand_behind_the_persons():
    start, end = GOOD.index(b"TDT+20"), GOOD.index(b"NAD+FL")
    legs = GOOD[start:end]
    reading = read(GOOD.replace(legs, b"").replace(b"CNT+42", legs + b"CNT+42"))
    assert reading.flight == "HU7976" and [port.port for port in reading.legs[0].ports] == ["YYZ", "TYN"]
    assert reading.legs[0].ports[0].scheduled is not None and reading.rows == 2


@pytest.mark.parametrize("count", ["²", "①", "x", ""])
def test_a_count_in_strange_figures_is_not_compared_and_breaks_nothing(count):
    reading = read(GOOD.replace(b"UNT+18", f"UNT+{count}".encode()).replace(b"UNZ+1", f"UNZ+{count}".encode()))
    assert reading.rows == 2 and reading.problems == ()


def test_the_last_person_of_every_message_that_breaks_off_waits():
    end = b"CNT+42:1'\r\nUNT+9+1'\r\n"
    broken = interchange(part(1, "C").replace(end, b""), part(2, "F"))
    reading = read(broken)
    assert [one.readable for one in reading.travellers] == [False, True]
    assert "CUT_OFF" in codes(reading.travellers[0]) and "TRUNCATED" in codes(reading)


@pytest.mark.parametrize("tag", [b"NA4D+FL", b"XAD+FL", b"+FL"])
def test_a_person_whose_first_segment_is_damaged_is_never_lost_in_silence(tag):
    """Found by the benchmark (1/13195): the count of persons was damaged too, so nothing told of the loss."""
    damaged = GOOD.replace(b"NAD+FL+++TESTWANG", tag + b"+++TESTWANG").replace(b"CNT+42", b"CNT+1")
    reading = read(damaged)
    assert reading.rows == 1 and reading.control_total is None
    strange = [one for one in reading.problems if one.code == "BAD_SEGMENT"]
    assert "TESTWANG:LIHUA" in strange[0].value and {one.field for one in strange[1:]} == {"ATT", "DOC"}


@pytest.mark.parametrize("head", [b"RFF+TN:1'", b"CTA+IC'", b"FTX+AAI'", b"GEI+4+173'", b"LOC+188+TYN'"])
def test_segments_the_guide_allows_before_the_persons_are_no_problem(head):
    data = GOOD.replace(b"TDT+20", head + b"TDT+20").replace(b"UNT+18", b"UNT+19")
    assert read(data).problems == ()


def test_a_stray_segment_behind_the_count_is_said():
    data = GOOD.replace(b"UNT+18", b"NAT+2+CHN'UNT+19")
    (found,) = read(data).problems
    assert (found.code, found.value, found.person) == ("BAD_SEGMENT", "NAT+2+CHN", None)
