"""Bar codes of boarding passes: the examples of the implementation guide, every damage, and the way back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import BoardingPass, PassLeg, read_bcbp, write_bcbp
from hucheng.engines.manifests.bcbp import day_of, nearest, without_title
from hucheng.engines.manifests.bcbp_items import LEG_LENGTH, REPEATED, SHORTEST, UNIQUE, joined
from hucheng.engines.manifests.tests.strategies import codes

TODAY = date(2016, 8, 14)
SIGNED = "GIWVC5EH7JNT684FVNJ91W2QA4DVN5J8K4F0L0GEQ3DF5TGBN8709HKT5D3DW3GBHFCVHMY7J5T6HFR41W2QA4DVN5J8K4F0L0GE"
SINGLE = "M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 226F001A0025 100"
DOUBLE = (
    "M2DESMARAIS/LUC       EABC123 YULFRAAC 0834 226F001A0025 14D>6181WW6225BAC 00141234560032A0141234567890 1AC AC "
    "1234567890123    20KYLX58ZDEF456 FRAGVALH 3664 227C012C0002 12E2A0140987654321 1AC AC 1234567890123    2PCNWQ"
    "^164" + SIGNED
)
"""Both from the implementation guide of the resolution (7th edition, appendix of examples)."""


def scan(text: str, today: date = TODAY) -> BoardingPass:
    return read_bcbp(text, today=today)


def test_the_mandatory_items_of_one_leg():
    read = scan(SINGLE)
    (leg,) = read.legs
    assert (read.surname, read.given, read.electronic, read.name_cut) == ("DESMARAIS", "LUC", True, False)
    assert (leg.pnr, leg.origin, leg.destination, leg.flight) == ("ABC123", "YUL", "FRA", "AC834")
    assert (leg.day, leg.compartment, leg.seat, leg.sequence, leg.status) == (date(2016, 8, 13), "F", "1A", "0025", "1")
    assert read.problems == () and read.version == "" and read.raw == SINGLE


def test_the_conditional_items_of_two_legs():
    read = scan(DOUBLE)
    first, second = read.legs
    assert (read.version, read.description, read.checked_in_at, read.issued_at) == ("6", "1", "W", "W")
    assert (read.issued, read.document_type, read.issuer) == (date(2016, 8, 12), "B", "AC")
    assert read.bag_tags == ("0014123456003",)
    assert (first.airline_code, first.serial, first.document_verified) == ("014", "1234567890", "1")
    assert (first.frequent_flyer_number, first.baggage_allowance, first.fast_track) == ("1234567890123", "20K", "Y")
    assert (second.flight, second.seat, second.baggage_allowance) == ("LH3664", "12C", "2PC")
    assert (first.airline_use, second.airline_use) == ("LX58Z", "WQ")


def test_the_signature_is_kept_and_not_taken_for_verified():
    read = scan(DOUBLE)
    assert (read.security_kind, read.security) == ("1", SIGNED) and read.problems == ()


@pytest.mark.parametrize("text", [SINGLE, DOUBLE])
def test_the_published_examples_are_written_to_the_letter(text):
    assert write_bcbp(scan(text)) == text


def test_lengths_are_those_of_the_resolution():
    assert (SHORTEST, LEG_LENGTH) == (60, 37)
    assert sum(width for _name, width in UNIQUE) == 50 and sum(width for _name, width in REPEATED) == 42


@pytest.mark.parametrize("end", ["\r\n", "\x03", "\n"])
def test_what_a_scanner_puts_around_the_code_is_no_part_of_it(end):
    assert scan(f"\x02{SINGLE}{end}") == scan(SINGLE)


@pytest.mark.parametrize(
    "text", ["", "M", "M1", SINGLE[:21], "M0" + SINGLE[2:], "MX" + SINGLE[2:], "S" + SINGLE[1:], "P<CHNWANG<<LI"]
)
def test_what_is_no_boarding_pass_is_said_with_a_remedy(text):
    read = scan(text)
    assert codes(read) == ["BCBP_FORM"] and read.legs == () and read.raw == text
    assert read.problems[0].fatal and read.problems[0].do.zh and read.problems[0].do.en


def test_spaces_cut_from_the_end_are_no_damage():
    for end in (-3, -4):
        assert codes(scan(SINGLE[:end])) == [] and scan(SINGLE[:end]).legs[0].status == ""
    assert scan(SINGLE[:-2]).legs[0].status == "1"


def test_a_leg_cut_inside_is_kept_and_said():
    (found,) = scan(SINGLE[:-9]).problems
    assert (found.code, found.field, dict(found.facts)) == ("BCBP_CUT", "leg 1", {"declared": 37, "found": 28})
    assert codes(scan(SINGLE[:46])) == ["BCBP_LEGS"] and scan(SINGLE[:46]).legs == ()


def test_a_leg_that_is_missing_is_counted():
    read = scan("M2" + SINGLE[2:])
    (found,) = read.problems
    assert (found.code, dict(found.facts)) == ("BCBP_LEGS", {"declared": 2, "found": 1}) and len(read.legs) == 1


@pytest.mark.parametrize("size", ["ZZ", "G0", "?1"])
def test_a_length_that_is_not_hexadecimal_leaves_the_mandatory_items(size):
    read = scan(SINGLE[:-2] + size)
    assert codes(read) == ["BCBP_SIZE"] and read.legs[0].seat == "1A"
    assert (read.problems[0].field, read.problems[0].value) == ("leg 1", size)


def test_a_length_longer_than_the_code_is_named_with_both_counts():
    read = scan(SINGLE[:-2] + "20>60")
    (found,) = [one for one in read.problems if one.code == "BCBP_CUT"]
    assert dict(found.facts) == {"declared": 32, "found": 3} and read.version == "6"


def test_a_signature_cut_off_is_named():
    read = scan(DOUBLE[:-40])
    assert codes(read) == ["BCBP_CUT"] and read.problems[0].field == "security" and len(read.security) == 60


@pytest.mark.parametrize("tail", [SINGLE, "XYZ"])
def test_text_behind_the_end_is_never_passed_over(tail):
    for text in (SINGLE, DOUBLE):
        (found,) = scan(text + tail).problems
        assert found.code == "BCBP_REST" and found.value == tail


@pytest.mark.parametrize(("seat", "read", "given"), [
    ("001A", "1A", True), ("034F", "34F", True), ("INF ", "INF", False), ("    ", "", False), ("GATE", "GATE", False),
])  # fmt: skip
def test_seats_as_passes_print_them(seat, read, given):
    leg = scan(SINGLE.replace("001A", seat)).legs[0]
    assert (leg.seat, leg.seat_given) == (read, given)


@pytest.mark.parametrize(
    ("flight", "read"), [("0834 ", "AC834"), ("0012A", "AC12A"), ("3664 ", "AC3664"), ("     ", ""), ("0000 ", "AC0")]
)
def test_flight_numbers_as_people_write_them(flight, read):
    assert scan(SINGLE.replace("0834 ", flight)).legs[0].flight == read


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2020, 4, 6), "097", date(2020, 4, 6)),
        (date(2020, 1, 2), "365", date(2019, 12, 31)),
        (date(2019, 12, 30), "002", date(2020, 1, 2)),
        (date(2021, 1, 3), "366", date(2020, 12, 31)),
        (date(2021, 6, 1), "366", date(2020, 12, 31)),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(today, text, day):
    assert nearest(text, today) == day
    assert scan(SINGLE.replace(" 226F", f" {text}F"), today).legs[0].day == day


@pytest.mark.parametrize("text", ["000", "367", "2 6", "ABC"])
def test_a_day_no_year_has_is_said_and_the_rest_is_kept(text):
    read = scan(SINGLE.replace(" 226F", f" {text}F"))
    assert codes(read) == ["BCBP_DAY"] and read.legs[0].day is None and read.legs[0].seat == "1A"


def test_day_366_needs_a_leap_year_nearby():
    assert codes(scan(SINGLE.replace(" 226F", " 366F"), date(2022, 6, 1))) == ["BCBP_DAY"]
    with pytest.raises(ValueError, match="2021 has no day 366"):
        day_of("366", 2021)


@pytest.mark.parametrize(
    ("issued", "today", "day"),
    [
        ("6225", date(2016, 8, 12), date(2016, 8, 12)),
        ("6225", date(2016, 8, 11), date(2016, 8, 12)),
        ("6225", date(2016, 8, 10), date(2006, 8, 13)),
        ("9365", date(2020, 1, 1), date(2019, 12, 31)),
    ],
)
def test_the_day_of_issue_lies_in_the_last_ten_years(issued, today, day):
    assert scan(DOUBLE.replace("WW6225B", f"WW{issued}B"), today).issued == day


@pytest.mark.parametrize("issued", ["X225", "6999", "6000"])
def test_an_impossible_day_of_issue_is_said(issued):
    read = scan(DOUBLE.replace("WW6225B", f"WW{issued}B"))
    assert codes(read) == ["BCBP_DAY"] and read.problems[0].field == "issued" and len(read.legs) == 2


def test_a_name_that_fills_its_characters_may_be_cut():
    long = SINGLE.replace("DESMARAIS/LUC       ", "NEBUCHADNEZZAR/ANNAM")
    assert scan(long).name_cut and scan(long).given == "ANNAM"


@pytest.mark.parametrize(("given_names", "bare"), [("LUC MR", "LUC"), ("MISS", "MISS"), ("ANNA INF", "ANNA"), ("", "")])
def test_only_a_title_standing_alone_is_taken_away(given_names, bare):
    assert without_title(given_names) == bare


def test_a_single_name_has_no_stroke():
    assert (scan(SINGLE.replace("DESMARAIS/LUC", "DESMARAIS    ")).surname) == "DESMARAIS"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"legs": ()}, "one to nine legs"),
        ({"surname": "王"}, "ASCII"),
        ({"issuer": "LONG"}, "issuer has 3"),
        ({"bag_tags": ("1" * 14,)}, "bag_tags has 13"),
    ],
)
def test_what_no_bar_code_can_hold_is_not_written(change, says):
    with pytest.raises(ValueError, match=says):
        write_bcbp(replace(scan(DOUBLE), **change))


def test_conditional_items_longer_than_their_length_are_not_written():
    read = scan(DOUBLE)
    with pytest.raises(ValueError, match="255 characters"):
        write_bcbp(replace(read, legs=(replace(read.legs[0], airline_use="X" * 200),)))


def test_an_item_too_long_for_its_place_is_named():
    with pytest.raises(ValueError, match="pnr has 7 characters, 'ABCDEFGH' has 8"):
        joined(("ABCDEFGH",), (("pnr", 7),))


WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=9)
LEGS = st.builds(
    PassLeg,
    pnr=st.text("ABC123", min_size=6, max_size=7), origin=st.sampled_from(["YYZ", "SVO"]),
    destination=st.just("TYN"), carrier=st.just("HU"),
    flight=st.builds("HU{}{}".format, st.integers(1, 9999), st.sampled_from(["", "A"])),
    day=st.dates(TODAY - timedelta(days=150), TODAY + timedelta(days=150)),
    compartment=st.sampled_from("FY"), seat=st.builds("{}{}".format, st.integers(1, 99), st.sampled_from("AJ")),
    sequence=st.builds("{:04}".format, st.integers(0, 9999)), status=st.sampled_from("0123"),
    airline_code=st.just("880"), serial=st.sampled_from(["", "1234567890"]), document_verified=st.sampled_from("012"),
    marketing_carrier=st.sampled_from(["", "HU"]), fast_track=st.sampled_from(["", "Y"]),
    airline_use=st.sampled_from(["", "LX58Z", "A B"]),
)  # fmt: skip
PASSES = st.builds(
    BoardingPass, surname=WORD, given=WORD, electronic=st.booleans(),
    legs=st.lists(LEGS, min_size=1, max_size=9).map(tuple),
    version=st.just("8"), description=st.sampled_from("0123"), checked_in_at=st.sampled_from(["", "W"]),
    issued=st.none() | st.dates(TODAY - timedelta(days=3000), TODAY), issuer=st.sampled_from(["", "HU"]),
    bag_tags=st.lists(st.text("0123456789", min_size=13, max_size=13), max_size=3).map(tuple),
    security_kind=st.just("1"), security=st.text("ABC123", max_size=200),
)  # fmt: skip


@given(PASSES)
def test_what_was_written_is_read_again(one):
    read = scan(write_bcbp(one))
    assert replace(read, raw="", name_cut=False) == one and read.name_cut == (len(f"{one.surname}/{one.given}") >= 20)


@given(st.integers(0, len(DOUBLE)), st.text(max_size=5), st.integers(0, 9))
def test_any_damage_gives_a_pass_or_a_reason(place, noise, gone):
    read = scan(DOUBLE[:place] + noise + DOUBLE[place + gone :])
    assert read.legs or read.problems


@given(st.integers(SHORTEST + 1, 169) | st.integers(173, 219) | st.integers(221, len(DOUBLE) - 1))
def test_a_code_cut_where_no_item_may_end_is_never_taken_as_whole(end):
    assert scan(DOUBLE[:end].rstrip()).problems


@given(st.text(max_size=120))
def test_any_text_gets_an_answer(text):
    assert scan(text).raw == text.strip("\r\n\x02\x03\ufeff")


FIFTH = "M2DESMARAIS/LUC       EABC123 YULFRAAC 0834 326J003A0027 15A>5251WW1325BAC 001412345600200141234567001"
"""The head of the guide's example of version 5, with two series of bag tags."""


@pytest.mark.parametrize("tags", [(), ("0014123456002",), ("0014123456002", "0014123456700"), ("0014123456002",) * 3])
def test_up_to_three_series_of_bag_tags_come_back(tags):
    read = scan(write_bcbp(replace(scan(DOUBLE), bag_tags=tags)))
    assert read.bag_tags == tags and read.problems == () and len(read.legs) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", "3"), ("checked_in_at", "K"), ("issued_at", "M"), ("document_type", "B"), ("issuer", "HU"),
        ("version", "8"), ("electronic", False), ("security", ""),
    ],
)  # fmt: skip
def test_every_item_said_once_comes_back(field, value):
    changed = replace(scan(DOUBLE), **{field: value})
    assert replace(scan(write_bcbp(changed)), raw="") == replace(changed, raw="")


@pytest.mark.parametrize("name", [name for name, _width in REPEATED])
def test_every_item_of_a_leg_comes_back_and_stays_with_its_leg(name):
    width = dict(REPEATED)[name]
    read = scan(DOUBLE)
    changed = replace(read, legs=(read.legs[0], replace(read.legs[1], **{name: "7" * width})))
    back = scan(write_bcbp(changed))
    assert back.legs == changed.legs and getattr(back.legs[0], name) == getattr(read.legs[0], name)


def test_a_code_that_breaks_off_in_the_bag_tags_keeps_the_first_leg():
    read = scan(FIFTH)
    assert read.legs[0].seat == "3A" and read.bag_tags == ("0014123456002", "0014123456700")
    assert {"BCBP_CUT", "BCBP_LEGS"} <= set(codes(read)) and read.issued == date(2011, 11, 21)


def test_nine_legs_are_read_and_a_tenth_is_no_pass():
    one = SINGLE[23:]
    nine = scan("M9" + SINGLE[2:23] + one * 9)
    assert len(nine.legs) == 9 and nine.problems == ()
    assert codes(scan("M9" + SINGLE[2:23] + one * 10)) == ["BCBP_REST"]
