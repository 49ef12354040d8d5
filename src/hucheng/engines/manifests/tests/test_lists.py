"""What is seen over a whole list, what makes a person readable, and the list of rows to mend."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import (
    Document,
    Traveller,
    problems_csv,
    read_manifest,
    write_csv,
    write_json,
    write_xlsx,
)
from hucheng.engines.manifests.catalogue import problem
from hucheng.engines.manifests.checks import list_problems, with_problems
from hucheng.engines.manifests.sheet_write import NOTES, cells_of, fields, guarded, headers
from hucheng.engines.manifests.table_row import unescaped
from hucheng.engines.manifests.tests.strategies import TODAY, codes, csv_of
from hucheng.engines.manifests.tests.test_merge import person
from hucheng.engines.manifests.tests.test_paxlst import GOOD
from hucheng.engines.manifests.tests.test_sheets import HEADER, ROWS


def found(*people: Traveller) -> list[tuple[str, int | None]]:
    return [(one.code, one.person) for one in list_problems(people, TODAY)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, [("DUPLICATE_ROW", 2)]),
        ({"surname": "OTHER"}, [("DUPLICATE_DOCUMENT", 2), ("SHARED_SEAT", 2)]),
        ({"surname": "OTHER", "seat": ""}, [("DUPLICATE_DOCUMENT", 2)]),
        ({"document": Document("P", "EZ0000001", None, "CAN"), "seat": "9A"}, []),
        ({"document": None}, [("SHARED_SEAT", 2)]),
        ({"document": None, "embark": "TYN"}, []),
        ({"document": None, "debark": "TYN"}, []),
        ({"document": None, "birth": date(2018, 3, 22)}, []),
        ({"document": None, "birth": date(2018, 3, 21)}, [("SHARED_SEAT", 2)]),
        ({"document": None, "birth": None}, [("SHARED_SEAT", 2)]),
    ],
)
def test_the_later_row_bears_what_it_repeats(second, expected):
    first = person(1)
    assert found(first, replace(first, number=2, line=2, **second)) == expected


def test_a_resident_id_given_twice_is_said_with_both_persons():
    one, other = (replace(person(n), document=None, seat="", resident_id="110101198001010010") for n in (1, 2))
    (twice,) = list_problems([one, other], TODAY)
    assert twice.code == "DUPLICATE_RESIDENT_ID" and dict(twice.facts)["persons"] == (1, 2)
    assert twice.value == "110101198001010010" and "1" in twice.why.zh


def test_a_row_given_three_times_is_said_twice():
    one = person(1)
    rows = [replace(one, number=n, line=n) for n in (1, 2, 3)]
    assert found(*rows) == [("DUPLICATE_ROW", 2), ("DUPLICATE_ROW", 3)]


def test_rows_without_a_name_are_not_called_repetitions():
    bare = Traveller(1, line=1)
    assert found(bare, replace(bare, number=2, line=2)) == []


def test_problems_find_their_persons():
    marked = with_problems([person(1), person(2)], [problem("BAD_SEX", person=2), problem("TRUNCATED")])
    assert [codes(one) for one in marked] == [[], ["BAD_SEX"]]


@pytest.mark.parametrize(
    ("change", "readable"),
    [
        ({}, True),
        ({"surname": "", "given": ""}, False),
        ({"surname": "", "given": "", "name_zh": "王"}, True),
        ({"document": None}, True),
        ({"document": None, "birth": None}, False),
        ({"document": Document("P"), "birth": None}, False),
        ({"document": None, "birth": None, "resident_id": "x"}, True),
        ({"problems": (problem("BAD_SEX"),)}, True),
        ({"problems": (problem("LOST_DIGITS"),)}, False),
    ],
)
def test_a_person_is_readable_with_a_name_something_to_know_it_by_and_nothing_fatal(change, readable):
    assert replace(person(1), **change).readable is readable


def listed(reading) -> list[list[str]]:
    return list(csv.reader(io.StringIO(problems_csv(reading).decode("utf-8-sig"))))


def test_a_sheet_gets_its_own_columns_back_with_four_of_notes():
    reading = read_manifest(csv_of(HEADER, *ROWS, "TEST,女,1985-02-30,EZ3,1A"), today=TODAY)
    header, row = listed(reading)
    assert header == [*NOTES, *HEADER.split(",")] and row[4:] == ["TEST", "女", "1985-02-30", "EZ3", "1A"]
    assert row[0] == "4" and row[1] == "birth" and "日期“1985-02-30”" in row[2] and "Fill it in" in row[3]


def test_a_message_gets_the_template_with_the_refused_values_in_their_places():
    reading = read_manifest(GOOD.replace(b"850430", b"850230"), today=TODAY)
    header, row = listed(reading)
    values = dict(zip(header, row, strict=True))
    assert header[4:] == headers("zh") and values["姓"] == "TESTWANG" and values["出生日期"] == "850230"


def test_records_of_json_get_the_template_too():
    data = json.dumps([{"surname": "TESTWANG", "document_number": "EZ1", "birth": "1985-02-30"}]).encode()
    header, row = listed(read_manifest(data, today=TODAY))
    assert dict(zip(header, row, strict=True))["出生日期"] == "1985-02-30"


def test_what_concerns_the_whole_file_stands_first():
    reading = read_manifest(GOOD.replace(b"CNT+42:2", b"CNT+42:9").replace(b"850430", b"850230"), today=TODAY)
    _header, whole, row = listed(reading)
    assert "9 人" in whole[2] and not any(whole[4:]) and "850230" in row


def test_a_list_without_problems_has_nothing_to_mend():
    assert len(listed(read_manifest(GOOD, today=TODAY))) == 1


@pytest.mark.parametrize("damage", ["1985-02-30", "03/04/1985", "2030-01-01"])
def test_a_mended_list_reads_clean(damage):
    reading = read_manifest(csv_of(HEADER, ROWS[0], f"TEST,女,{damage},EZ3,1A"), today=TODAY)
    mended = problems_csv(reading).replace(f",{damage},".encode(), b",1985-04-30,")
    again = read_manifest(mended, today=TODAY)
    assert again.problems == () and again.rows == 1 and again.travellers[0].birth == date(1985, 4, 30)


def test_headers_speak_the_language_asked_for():
    assert headers("zh-hans")[0] == "姓" and headers("en")[0] == "Surname" == headers("fr")[0]
    assert len(headers("zh")) == len(fields()) == len(cells_of(person(1)))


@pytest.mark.parametrize(("verified", "cell"), [(True, "Y"), (False, "N"), (None, "")])
def test_a_traveller_as_cells(verified, cell):
    cells = dict(zip(fields(), cells_of(replace(person(1), verified=verified, bags=0), "HU1"), strict=True))
    assert (cells["verified"], cells["bags"], cells["flight"]) == (cell, "0", "HU1")
    assert (cells["document_number"], cells["document_expiry"]) == ("EZ0000001", "2027-01-01")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A", "\tA", "'=1", "''+1", "A=1", "王", ""])
def test_what_a_sheet_would_run_is_written_harmless_and_comes_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t")) and unescaped(guarded(text)) == text


@given(st.text("=+-@'A1\t", max_size=6))
def test_any_text_is_guarded_and_comes_back(text):
    assert unescaped(guarded(text)) == text


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_every_repetition_is_said_once_and_first_rows_never(numbers):
    rows = [replace(person(n), number=place, line=place) for place, n in enumerate(numbers, start=1)]
    firsts = {numbers.index(n) + 1 for n in set(numbers)}
    repeated = {one.person for one in list_problems(rows, TODAY) if one.code == "DUPLICATE_ROW"}
    assert repeated == set(range(1, len(numbers) + 1)) - firsts


@pytest.mark.parametrize("write", [write_csv, write_xlsx, write_json])
def test_the_same_people_are_read_from_every_form(write):
    people = [person(n) for n in range(3)]
    reading = read_manifest(write(people, flight="HU7976"), today=TODAY)
    assert [replace(one, raw="", line=0) for one in reading.travellers] == [
        replace(one, number=place, line=0) for place, one in enumerate(people, start=1)
    ]  # fmt: skip
    assert reading.flight == "HU7976" and reading.problems == ()
