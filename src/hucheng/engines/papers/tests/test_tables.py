"""Tables as files: whatever a cell holds, it is read back as the text that it was and never worked out."""

import csv
import io
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.papers.sheets import plain_text, table_csv, table_xlsx

PLAIN = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
SIGNS = st.text(PLAIN | st.sampled_from('=+-@,"\n\t＝'), max_size=20)
CELLS = SIGNS | st.integers(-(10**9), 10**9) | st.none()
TABLES = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), max_size=6))
FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "=cmd|' /C calc'!A0"]


def heads_of(rows) -> list[str]:
    return [f"h{n}" for n in range(len(rows[0]) if rows else 1)]


@given(TABLES)
@settings(max_examples=80, deadline=None)
def test_a_csv_is_read_back_as_it_was_and_holds_no_formula(rows):
    heads, *told = csv.reader(io.StringIO(table_csv(heads_of(rows), rows).decode("utf-8-sig"), newline=""))
    assert heads == heads_of(rows)
    assert told == [["" if v is None else plain_text(v) if isinstance(v, str) else str(v) for v in row] for row in rows]
    for cell in (cell for line in told for cell in line):
        assert not cell.startswith(("=", "@", "\t", "\r", "＝")) or cell.startswith("'")


@given(TABLES)
@settings(max_examples=40, deadline=None)
def test_a_workbook_holds_every_text_as_text_and_every_number_as_number(rows):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(table_xlsx(heads_of(rows), rows, title="x")))
    sheet = book.active
    for line, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(line, column)
            assert cell.data_type != "f"
            if isinstance(value, int):
                assert cell.value == value
            elif value and "_x" not in value and "\n" not in value:
                assert cell.value == plain_text(value)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_stays_a_text_in_heads_and_cells(text):
    made = table_xlsx([text], [[text]], title=text)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert not any(b"<f>" in book.read(name) for name in book.namelist())
    lines = list(csv.reader(io.StringIO(table_csv([text], [[text]]).decode("utf-8-sig"), newline="")))
    assert [line[0][0] for line in lines] == ["'", "'"]


@pytest.mark.parametrize("text", ["王丽华", "3-2", "a=b", "", " x", "'quoted"])
def test_a_harmless_text_is_left_alone(text):
    assert plain_text(text) == text


@pytest.mark.parametrize("title", ["", "'", "a" * 60, "x/y:z*?[]\\", "'名单'", "=1"])
def test_any_title_makes_a_sheet(title):
    from openpyxl import load_workbook

    (name,) = load_workbook(io.BytesIO(table_xlsx(["a"], [["b"]], title=title))).sheetnames
    assert 1 <= len(name) <= 31 and not set(name) & set("[]:*?/\\")


def test_no_rows_are_a_table_of_heads():
    assert table_csv(["a", "b"], []).decode("utf-8-sig") == "a,b\r\n"
    assert len(table_xlsx(["a", "b"], [], title="x")) > 1000


def test_a_longer_table_is_never_a_shorter_file():
    sizes = [len(table_csv(["a"], [["text"]] * count)) for count in range(5)]
    assert all(small < large for small, large in pairwise(sizes))
