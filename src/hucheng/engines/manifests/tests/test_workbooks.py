"""Workbooks: cells to text, days from serials, which sheet is read, and what rows and widths they have."""

import random
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.engines.manifests import ManifestUnreadable, read_manifest
from hucheng.engines.manifests.tests.strategies import TODAY, codes, resident_id, workbook
from hucheng.engines.manifests.workbook import cell_text, most_rows, sheets_of

HEADER = ["姓名", "护照号", "出生日期"]
ONE, TWO = ["王丽华", "EZ1", "1985-04-30"], ["赵启明", "EZ2", "1990-01-02"]


def book(**sheets: list[list[object]]) -> bytes:
    """Give a workbook with these sheets in their order."""
    made, stream = Workbook(), BytesIO()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(stream)
    return stream.getvalue()


def read(data: bytes, **options):
    return read_manifest(data, today=TODAY, **options)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (" 王丽华 \u3000", "王丽华"),
        (34, "34"),
        (34.0, "34"),
        (34.5, "34.5"),
        (1e20, "1e+20"),
        (True, "True"),
        (datetime(1985, 4, 30), "1985-04-30"),
        (datetime(1985, 4, 30, 9, 15), "1985-04-30 09:15"),
        ("line\nbreak\n", "line\nbreak"),
    ],
)
def test_cells_as_text(value, text):
    assert cell_text(value) == text


def test_days_are_read_from_cells_of_days_and_from_text():
    rows = [["王一", "EZ1", datetime(1985, 4, 30)], ["王二", "EZ2", "1985/4/30"], ["王三", "EZ3", 31167]]
    reading = read(workbook(HEADER, *rows))
    assert {one.birth for one in reading.travellers} == {date(1985, 4, 30)} and reading.problems == ()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (10**14, "LOST_DIGITS"),
        (140105198801120015, "LOST_DIGITS"),
        (10**14 - 1, "NUMERIC_DOCUMENT"),
        (7, "NUMERIC_DOCUMENT"),
    ],
)
def test_long_numbers_have_lost_their_figures_short_ones_perhaps_noughts(number, code):
    reading = read(workbook(HEADER, ["王丽华", number, "1985-04-30"]))
    assert code in codes(reading) and reading.travellers[0].readable is (code != "LOST_DIGITS")


def test_a_resident_id_kept_as_text_is_whole():
    number = resident_id(date(1988, 1, 12))
    reading = read(workbook(["姓名", "身份证号"], ["王丽华", number]))
    assert reading.problems == () and reading.travellers[0].resident_id == number


def test_rows_keep_their_number_in_the_sheet():
    reading = read(workbook(["HU7976 名单"], [], HEADER, ONE, [], TWO))
    assert [one.line for one in reading.travellers] == [4, 6]


def test_empty_cells_at_the_end_are_no_short_row():
    reading = read(workbook([*HEADER, "座位"], ONE, [*TWO, "34F"]))
    assert reading.problems == () and reading.travellers[1].seat == "34F"


def test_cells_beyond_the_header_may_have_shifted():
    reading = read(workbook(HEADER, [*ONE, "extra"]))
    assert codes(reading) == ["ROW_LONG"] and reading.unreadable


def test_the_first_sheet_with_a_list_is_read_and_others_are_named():
    reading = read(book(notes=[["nothing", "here"]], first=[HEADER, ONE], second=[HEADER, TWO], empty=[]))
    assert reading.meta["sheet"] == "first" and reading.travellers[0].name_zh == "王丽华"
    (other,) = reading.problems
    assert (other.code, other.value, other.fatal) == ("OTHER_SHEETS", "second", False)


def test_a_workbook_whose_headers_are_unknown_shows_the_first_filled_sheet():
    reading = read(book(empty=[], odd=[["谁", "什么"], ["WANG/LIHUA", "EZ1"]]))
    assert codes(reading) == ["UNKNOWN_COLUMNS"] and reading.columns == ("谁", "什么")
    assert reading.cells == (("WANG/LIHUA", "EZ1"),)


def test_a_mapping_finds_the_sheet_it_speaks_of():
    data = book(odd=[["谁", "什么"], ["WANG/LIHUA", "EZ1"]])
    reading = read(data, mapping={"name": "谁", "document_number": "什么"})
    assert reading.travellers[0].surname == "WANG" and reading.problems == ()


@pytest.mark.parametrize("sheets", [{"a": []}, {"a": [[]], "b": [[None, ""]]}])
def test_a_workbook_of_nothing_has_no_rows(sheets):
    with pytest.raises(ManifestUnreadable) as no:
        read(book(**sheets))
    assert no.value.problem.code == "NO_ROWS"


@pytest.mark.parametrize("rows", [1, 2, 100])
def test_rows_are_counted_without_building_them(rows):
    assert most_rows(workbook(*[["x", "y"]] * rows)) == rows


def test_every_sheet_is_given_by_its_name():
    lines = sheets_of(book(one=[["a"], ["b"]], two=[]))
    assert [len(rows) for rows in lines.values()] == [2, 0] and list(lines) == ["one", "two"]


NAMES = st.text("王丽华赵启明ABC'=+-@", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(st.tuples(NAMES, st.integers(0, 9999999)), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_every_row_is_a_person(rows):
    data = workbook(HEADER, *[[name, f"EZ{number:07}", "1985-04-30"] for name, number in rows])
    reading = read(data)
    assert reading.rows == len(rows) == len(reading.travellers)
    assert [one.document.number for one in reading.travellers] == [f"EZ{number:07}" for _name, number in rows]


def test_a_sheet_in_any_order_of_columns_is_the_same_people():
    chance = random.Random(3)
    for _ in range(5):
        order = chance.sample(range(3), 3)
        rows = [[row[place] for place in order] for row in (HEADER, ONE, TWO)]
        people = read(workbook(*rows)).travellers
        assert [(one.name_zh, one.document.number, one.birth) for one in people] == [
            ("王丽华", "EZ1", date(1985, 4, 30)), ("赵启明", "EZ2", date(1990, 1, 2)),
        ]  # fmt: skip
