"""One row of a sheet to one traveller: names, identity, coded cells, what a spreadsheet did to it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import Document, Traveller, read_manifest
from hucheng.engines.manifests.table import Line, row_of
from hucheng.engines.manifests.table_row import split_latin, unescaped
from hucheng.engines.manifests.tests.strategies import TODAY, codes, csv_of, resident_id

GOOD_ID = resident_id(date(1988, 1, 12))
NAMES = ("姓名", "护照号", "出生日期")


def one(header: str, row: str) -> Traveller:
    """Read a sheet of a single row that has a name, a document and these columns beside."""
    (person,) = read_manifest(csv_of(f"姓名,护照号,{header}", f"TESTWANG/LIHUA,EZ1,{row}"), today=TODAY).travellers
    return person


def row(cells: dict[str, str], **line) -> tuple[Traveller, list[str]]:
    """Read cells that stand under these fields, without a header."""
    places = {name: place for place, name in enumerate(cells)}
    made = row_of(Line(7, tuple(cells.values()), **line), 3, places, len(cells), TODAY)
    traveller = made.traveller("raw")
    return traveller, [problem.code for problem in made.problems]


@pytest.mark.parametrize(
    ("whole", "surname", "given"),
    [
        ("WANG/LIHUA", "WANG", "LIHUA"),
        ("WANG/LIHUA MS", "WANG", "LIHUA"),
        ("WANG/LIHUA MING MSTR", "WANG", "LIHUA MING"),
        ("WANG, LIHUA", "WANG", "LIHUA"),
        ("WANG，LIHUA", "WANG", "LIHUA"),
        ("WANG LIHUA", "WANG", "LIHUA"),
        ("WANG<<LIHUA<MING", "WANG", "LIHUA MING"),
        ("WANG", "WANG", ""),
        ("  WANG/LIHUA  ", "WANG", "LIHUA"),
        ("MR", "MR", ""),
        ("VAN DER/BERG JAN", "VAN DER", "BERG JAN"),
    ],
)
def test_a_whole_name_is_cut_as_airlines_write_it(whole, surname, given):
    assert split_latin(whole) == (surname, given)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"name": "王丽华"}, ("", "", "王丽华")),
        ({"name": "WANG/LIHUA"}, ("WANG", "LIHUA", "")),
        ({"name": "WANG/LIHUA", "name_zh": "王丽华"}, ("WANG", "LIHUA", "王丽华")),
        ({"name": "王丽华", "name_zh": "汪丽华"}, ("", "", "汪丽华")),
        ({"surname": "WANG", "given": "LIHUA", "name": "OTHER/NAME"}, ("WANG", "LIHUA", "")),
        ({"surname": "WANG", "given": ""}, ("WANG", "", "")),
    ],
)
def test_names_from_their_own_columns_or_one(cells, expected):
    read, _problems = row({**cells, "document_number": "EZ1"})
    assert (read.surname, read.given, read.name_zh) == expected


@pytest.mark.parametrize(
    ("cells", "document", "resident"),
    [
        ({"document_number": "ez 000 0001"}, Document("P", "EZ0000001"), ""),
        ({"document_number": "TD1", "document_type": "旅行证"}, Document("I", "TD1"), ""),
        ({"document_number": "EZ1", "document_issuer": "rus"}, Document("P", "EZ1", None, "RUS"), ""),
        ({"document_number": "X1", "document_type": "Seaman"}, Document("SEAMAN", "X1"), ""),
        ({"document_number": GOOD_ID}, None, GOOD_ID),
        ({"document_number": GOOD_ID, "document_type": "身份证"}, None, GOOD_ID),
        ({"document_number": GOOD_ID, "document_type": "护照"}, Document("P", GOOD_ID), ""),
        ({"document_number": "EZ1", "resident_id": GOOD_ID.lower()}, Document("P", "EZ1"), GOOD_ID),
        ({"document_number": ""}, None, ""),
    ],
)  # fmt: skip
def test_documents_and_resident_ids_are_told_apart(cells, document, resident):
    read, _problems = row({"name_zh": "王丽华", **cells})
    assert (read.document, read.resident_id) == (document, resident)


@pytest.mark.parametrize("place", ["140105", "140100", "110000", "999999", "000000"])
def test_a_resident_id_is_valid_whatever_place_it_names(place):
    number = resident_id(date(1958, 6, 7), place=place)
    read, problems = row({"name_zh": "王丽华", "resident_id": number})
    assert problems == [] and read.resident_id == number and read.birth == date(1958, 6, 7)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (GOOD_ID[:17] + ("X" if GOOD_ID[17] != "X" else "0"), "RESIDENT_ID_CHECK"),
        (GOOD_ID[:17], "RESIDENT_ID_FORM"),
        ("14010519880230001X", "RESIDENT_ID_DATE"),
        ("140105880112001", "RESIDENT_ID_FORM"),
        ("１" * 18, "RESIDENT_ID_FORM"),
    ],
)
def test_a_resident_id_that_cannot_be_is_not_kept(number, code):
    read, problems = row({"name_zh": "王丽华", "resident_id": number})
    assert read.resident_id == "" and problems == [code, "NO_IDENTITY"]


@pytest.mark.parametrize(
    ("cells", "birth", "found"),
    [
        ({"resident_id": GOOD_ID}, date(1988, 1, 12), []),
        ({"resident_id": GOOD_ID, "birth": "1988-01-12"}, date(1988, 1, 12), []),
        ({"resident_id": GOOD_ID, "birth": "1988-01-13"}, date(1988, 1, 13), ["RESIDENT_ID_BIRTH"]),
        ({"resident_id": GOOD_ID, "birth": "1988-02-30"}, None, ["INVALID_DATE"]),
        ({"document_number": "EZ1", "birth": "2020-03-22"}, None, ["FUTURE_BIRTH"]),
        ({"document_number": "EZ1", "birth": "2020-03-21"}, TODAY, []),
        ({"document_number": "EZ1", "birth": "1899-03-21"}, None, ["IMPLAUSIBLE_AGE"]),
        ({"document_number": "EZ1", "birth": "1900-01-01"}, date(1900, 1, 1), []),
        ({"document_number": "EZ1", "birth": "03/04/1985"}, None, ["AMBIGUOUS_DATE"]),
    ],
)
def test_births_against_the_resident_id_and_the_day(cells, birth, found):
    read, problems = row({"name_zh": "王丽华", **cells})
    assert (read.birth, problems) == (birth, found)


@pytest.mark.parametrize(
    ("header", "written", "field", "value"),
    [
        ("性别", "女", "sex", "F"),
        ("性别", "", "sex", ""),
        ("类别", "机组", "kind", "crew"),
        ("类别", "", "kind", "passenger"),
        ("国籍", "加拿大", "nationality", "CAN"),
        ("国籍", "xyz", "nationality", "XYZ"),
        ("座位", " 34 f ", "seat", "34F"),
        ("行李", "2", "bags", 2),
        ("行李", "", "bags", None),
        ("已核验", "是", "verified", True),
        ("已核验", "否", "verified", False),
        ("已核验", "", "verified", None),
        ("电话", "+86 351 0000000", "phone", "+86 351 0000000"),
        ("电话", "'+86 351", "phone", "+86 351"),
        ("证件有效期", "2027-08-12", "seat", ""),
    ],
)
def test_cells_that_are_understood(header, written, field, value):
    read = one(header, written)
    assert getattr(read, field) == value and read.problems == ()


@pytest.mark.parametrize(
    ("header", "written", "code", "field", "kept"),
    [
        ("性别", "?!", "BAD_SEX", "sex", ""),
        ("类别", "pilot", "BAD_KIND", "kind", "passenger"),
        ("国籍", "Atlantis", "BAD_NATIONALITY", "nationality", "Atlantis"),
        ("行李", "two", "BAD_BAGS", "bags", None),
        ("行李", "-1", "BAD_BAGS", "bags", None),
        ("行李", "99999", "BAD_BAGS", "bags", None),
        ("行李", "²", "BAD_BAGS", "bags", None),
        ("已核验", "maybe", "BAD_FLAG", "verified", None),
        ("证件有效期", "2027-13-01", "INVALID_DATE", "seat", ""),
        ("座位", "=1A", "FORMULA_TEXT", "seat", "=1A"),
        ("座位", "@A", "FORMULA_TEXT", "seat", "@A"),
    ],
)
def test_cells_that_are_not_are_named_and_the_person_stays(header, written, code, field, kept):
    read = one(header, written)
    assert codes(read) == [code] and getattr(read, field) == kept and read.readable
    assert read.problems[0].line == 2 and read.problems[0].value == written


@pytest.mark.parametrize(
    ("text", "bare"),
    [("'=1", "=1"), ("''=1", "'=1"), ("'+1", "+1"), ("'A", "'A"), ("O'Brien", "O'Brien"), ("'", "'"), ("", "")],
)
def test_the_apostrophe_before_a_formula_is_taken_away_once(text, bare):
    assert unescaped(text) == bare


@pytest.mark.parametrize("written", ["1.40105E+17", "1.4e+14", "9E+18"])
def test_a_number_in_powers_of_ten_has_lost_its_figures(written):
    _read, problems = row({"name_zh": "王丽华", "resident_id": written})
    assert "LOST_DIGITS" in problems


@pytest.mark.parametrize("field", ["resident_id", "document_number"])
def test_numeric_cells_are_judged_by_their_length(field):
    cells = {"name_zh": "王丽华", field: "12345"}
    assert "LOST_DIGITS" in row(cells, lost=frozenset({1}))[1]
    assert "NUMERIC_DOCUMENT" in row(cells, numeric=frozenset({1}))[1]
    assert not {"LOST_DIGITS", "NUMERIC_DOCUMENT"} & set(row(cells, numeric=frozenset({0}))[1])


@pytest.mark.parametrize(
    ("cells", "width", "found"),
    [(2, 2, []), (1, 2, ["ROW_SHORT"]), (3, 2, ["ROW_LONG"])],
)
def test_rows_of_another_width_are_said(cells, width, found):
    made = row_of(Line(1, ("王丽华", "EZ1", "x")[:cells]), 1, {"name_zh": 0, "document_number": 1}, width, TODAY)
    assert [problem.code for problem in made.problems] == found


def test_empty_cells_beyond_the_header_are_no_problem():
    made = row_of(Line(1, ("王丽华", "EZ1", "", "")), 1, {"name_zh": 0, "document_number": 1}, 2, TODAY)
    assert made.problems == []


def test_the_flight_of_a_row_has_no_spaces():
    made = row_of(Line(1, ("hu 7976",)), 1, {"flight": 0}, 1, TODAY)
    assert made.flight == "HU7976"


@given(st.lists(st.text(max_size=12), min_size=3, max_size=3))
def test_any_three_cells_are_a_person_or_a_reason(cells):
    read, problems = row(dict(zip(("name", "document_number", "birth"), cells, strict=True)))
    assert read.number == 3 and read.line == 7 and read.raw == "raw"
    assert (read.has_name and read.has_identity) or set(problems) & {"NO_NAME", "NO_IDENTITY"}
