"""JSON lists: our own layout, records of any keys, numbers that lost figures, and every record accounted for."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.manifests import Document, ManifestUnreadable, Traveller, problems_csv, read_manifest, write_json
from hucheng.engines.manifests.json_list import clean, is_json, read_json
from hucheng.engines.manifests.tests.strategies import LEGS, TODAY, codes, resident_id, travellers

ONE = {"surname": "TESTWANG", "given": "LIHUA", "sex": "F", "birth": "1985-04-30", "document_number": "EZ0000001"}


def read(given_list, **options):
    data = given_list if isinstance(given_list, bytes) else json.dumps(given_list, ensure_ascii=False).encode()
    return read_manifest(data, today=TODAY, **options)


def refused(data: bytes) -> str:
    with pytest.raises(ManifestUnreadable) as no:
        read(data)
    return no.value.problem.code


def test_a_list_of_records_is_read():
    reading = read([ONE])
    (one,) = reading.travellers
    assert reading.format == "json" and reading.problems == () and one.readable and one.line == 1
    assert (one.surname, one.birth, one.document.number) == ("TESTWANG", date(1985, 4, 30), "EZ0000001")


def test_the_raw_record_stays_with_its_person():
    assert json.loads(read([ONE, {**ONE, "birth": "1990-01-01"}]).travellers[1].raw)["birth"] == "1990-01-01"


@pytest.mark.parametrize("name", ["persons", "travellers", "passengers", "records"])
def test_an_object_may_hold_the_list_and_say_more(name):
    reading = read({"flight": "HU7976", "sender": "HU", name: [ONE], "control_total": 1})
    assert (reading.flight, reading.control_total, reading.meta["sender"]) == ("HU7976", 1, "HU")
    assert reading.legs[0].flight == "HU7976" and reading.problems == ()


def test_keys_are_understood_like_headers():
    reading = read([{"姓名": "王丽华", "Passport No.": "EZ0000001", "DOB": "30APR1985", "Gender": "女"}])
    (one,) = reading.travellers
    assert (one.name_zh, one.document.number, one.birth, one.sex) == ("王丽华", "EZ0000001", date(1985, 4, 30), "F")
    assert reading.mapping["birth"] == "DOB" and reading.columns[0] == "姓名"


def test_a_person_overrides_the_guess():
    reading = read([{"who": "TESTWANG/LIHUA", "born": "1985-04-30"}], mapping={"name": "who"})
    assert reading.travellers[0].surname == "TESTWANG" and reading.travellers[0].birth == date(1985, 4, 30)


def test_keys_that_name_nobody_ask_for_a_mapping():
    reading = read([{"a": 1, "b": 2}, {"a": 3}])
    assert codes(reading) == ["UNKNOWN_COLUMNS"] and reading.columns == ("a", "b") and reading.rows == 2


def test_nested_documents_are_taken():
    document = {"type": "I", "number": "TD1", "expiry": "2027-08-12", "issuer": "RUS"}
    (one,) = read([{"surname": "X", "document": document}]).travellers
    assert one.document == Document("I", "TD1", date(2027, 8, 12), "RUS")


def test_further_documents_and_the_address_are_kept():
    others = [{"type": "V", "number": "V9", "expiry": "2021-01-01"}]
    (one,) = read([{**ONE, "other_documents": others, "address": ["12 RUE", None, 69000]}]).travellers
    assert one.other_documents == (Document("V", "V9", date(2021, 1, 1)),) and one.address == ("12 RUE", "", "69000")


@pytest.mark.parametrize(("others", "code"), [(["x"], "BAD_RECORD"), ([{"expiry": "soon"}], "INVALID_DATE")])
def test_a_further_document_that_is_none_is_said(others, code):
    reading = read([{**ONE, "other_documents": others}])
    (found,) = reading.problems
    assert (found.code, found.field, found.line, found.person) == (code, "other_documents", 1, 1)
    assert codes(reading.travellers[0]) == [code]


@pytest.mark.parametrize("record", [{}, None, 7, "王丽华", [], {"surname": "", "given": None}])
def test_a_record_that_holds_nothing_is_counted_and_waits(record):
    reading = read([ONE, record, {**ONE, "document_number": "EZ2", "given": "MING"}])
    assert reading.rows == 3 and [one.readable for one in reading.travellers] == [True, False, True]
    assert "BAD_RECORD" in codes(reading.travellers[1]) and reading.travellers[1].line == 2


def test_whole_numbers_keep_all_their_figures():
    number = resident_id(date(1988, 1, 12))
    while not number[-1].isdigit():
        number = resident_id(date(1988, 1, 12), order=f"{int(number[14:17]) + 1:03}")
    (one,) = read(f'[{{"name_zh": "王丽华", "resident_id": {number}}}]'.encode()).travellers
    assert one.resident_id == number and one.birth == date(1988, 1, 12)


@pytest.mark.parametrize("number", ["1.40105198801120010e17", "140105198801120010.0"])
def test_a_number_with_an_exponent_has_lost_figures(number):
    reading = read(f'[{{"name_zh": "王丽华", "resident_id": {number}}}]'.encode())
    assert "LOST_DIGITS" in codes(reading) and not reading.travellers[0].readable


def test_a_key_given_twice_loses_neither_value():
    reading = read(b'[{"surname": "A", "surname": "B", "birth": "1985-04-30"}]')
    assert reading.columns == ("surname", "surname (2)", "birth") and reading.travellers[0].surname == "A"


@pytest.mark.parametrize(
    ("said", "kind", "in_transit"),
    [
        ("passenger", "passenger", False),
        ("crew", "crew", False),
        ("in_transit_passenger", "transit", False),
        ("in_transit_crew", "crew", True),
    ],
)
def test_kinds_of_our_own_layout(said, kind, in_transit):
    (one,) = read([{**ONE, "kind": said}]).travellers
    assert (one.kind, one.in_transit) == (kind, in_transit)


@pytest.mark.parametrize(("said", "verified"), [(True, True), (False, False), (None, None)])
def test_truth_values_are_understood(said, verified):
    assert read([{**ONE, "verified": said}]).travellers[0].verified is verified


@pytest.mark.parametrize(("total", "found"), [(1, []), (2, ["CNT_MISMATCH"]), ("many", []), (None, [])])
def test_the_declared_number_of_persons_is_compared(total, found):
    reading = read({"persons": [ONE], "control_total": total})
    assert codes(reading) == found
    if found:
        assert dict(reading.problems[0].facts) == {"declared": 2, "found": 1}


def test_two_flights_in_one_list_are_said():
    reading = read({"flight": "HU7976", "persons": [{**ONE, "flight": "CA910"}]})
    assert codes(reading) == ["MANY_FLIGHTS"] and reading.problems[0].value == "HU7976, CA910"


def test_legs_come_with_ports_and_times():
    ports = [{"qualifier": "125", "port": "YYZ", "scheduled_local": "2020-03-20T14:05"}, {"port": "TYN"}, "?"]
    reading = read({"legs": [{"flight": "HU7976", "ports": ports}, "?"], "persons": [ONE]})
    (leg,) = reading.legs
    assert leg.flight == reading.flight == "HU7976" and len(leg.ports) == 2
    assert leg.ports[0].scheduled == datetime(2020, 3, 20, 14, 5) and leg.ports[1].scheduled is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[{", "BAD_JSON"),
        (b'{"persons": [{"surname": "X"}', "BAD_JSON"),
        (b'[{"surname": }]', "BAD_JSON"),
        (b"[{}" * 100_000, "BAD_JSON"),
        (b'{"a":' * 100_000, "BAD_JSON"),
        (b"[]", "NO_ROWS"),
        (b"{}", "NO_ROWS"),
        (b'{"persons": []}', "NO_ROWS"),
        (b'{"persons": {"surname": "X"}}', "NO_ROWS"),
    ],
)
def test_what_is_no_list_is_refused_with_its_place(data, code):
    assert refused(data) == code


def test_the_place_of_a_mistake_is_named():
    with pytest.raises(ManifestUnreadable) as no:
        read(b'[\n {"surname": "X"},\n {"surname" "Y"}\n]')
    assert no.value.problem.line == 3 and no.value.problem.do.zh


@pytest.mark.parametrize(("text", "expected"), [
    (' \n[{"a": 1}]', True), ("[[1]]", True), ("[]", True), ("{", True), ("[姓名],护照", False), ("[1, 2]", False),
    ("", False),
])  # fmt: skip
def test_json_is_known_by_its_beginning(text, expected):
    assert is_json(text) is expected


def test_half_characters_and_zeros_are_replaced():
    reading = read(b'[{"surname": "A\\ud800\\u0000B", "birth": "1985-04-30"}]')
    assert reading.travellers[0].surname == "A?\ufffdB" and reading.travellers[0].raw.encode()
    assert clean("王丽华") == "王丽华"


def test_records_with_problems_are_listed_for_mending():
    reading = read([ONE, {**ONE, "document_number": "EZ9", "birth": "1985-02-30", "given": "MING"}])
    listed = problems_csv(reading).decode("utf-8-sig")
    assert "1985-02-30" in listed and "EZ9" in listed and "EZ0000001" not in listed


@given(travellers(), st.booleans(), st.sampled_from([(), ("1 ROAD", "TOWN")]))
@settings(max_examples=60, deadline=None)
def test_what_was_written_is_read_again(people, crossing, address):
    other = Document("V", "V1", date(2030, 1, 1), "CHN")
    people = [
        replace(one, other_documents=(other,), address=address, in_transit=crossing and one.kind == "crew")
        for one in people
    ]
    reading = read(write_json(people, flight="HU7976", legs=LEGS))
    assert [replace(one, raw="", line=0, problems=()) for one in reading.travellers] == people
    assert (reading.legs, reading.flight, reading.control_total) == (LEGS, "HU7976", len(people))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


RECORDS = JSON | st.fixed_dictionaries({"surname": JSON, "document": JSON, "birth": JSON})


@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_every_record_is_a_person_or_a_reason(records):
    text = json.dumps({"persons": [ONE, *records], "legs": records, "control_total": records[0]})
    reading = read_json(text, today=TODAY)
    assert reading.rows == len(records) + 1 == len(reading.travellers)
    assert all(one.readable or one.problems for one in reading.travellers)


@given(JSON)
def test_any_json_is_read_or_refused(given_json):
    try:
        reading = read_json(json.dumps(given_json), today=TODAY)
    except ManifestUnreadable as no:
        assert no.problem.why.zh
    else:
        assert reading.rows == len(reading.travellers) or reading.problems


def test_a_traveller_without_anything_is_written_as_one_without_anything():
    assert json.loads(write_json([Traveller(1)], flight="HU1"))["persons"][0]["surname"] is None
