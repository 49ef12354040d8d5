"""Reading a table of weather: what a cell, a head and a sheet may look like, and that no line is lost."""

import io
from dataclasses import astuple
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.core.refusal import Refusal
from hucheng.engines.manifests.table import MAX_ROWS
from hucheng.stability.fire.sheet import HEADS, read_sheet
from hucheng.stability.testing import TODAY

HEAD = ",".join(HEADS) + "\n"
LINE = ("C-XD", "2020-03-20", "18.9", "22", "16", "0")


def a_line(**changes):
    return ",".join(changes.get(name, cell) for name, cell in zip(HEADS, LINE, strict=True)) + "\n"


def read(text):
    return read_sheet(text if isinstance(text, bytes) else text.encode(), today=TODAY)


def a_workbook(**sheets):
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cell", "value"),
    [("-3.5", -3.5), ("−3.5", -3.5), ("１８．９", 18.9), (" 18.9 ", 18.9), ("0", 0.0), ("1e1", 10.0), ("+4", 4.0)],
)
def test_a_number_reads_in_every_usual_spelling(cell, value):
    ((row,), problems) = read(HEAD + a_line(temp_c=cell))
    assert row.observation.temp_c == value and not problems


@pytest.mark.parametrize("cell", ["", " ", "warm", '"18,9"', "1.2.3", "=1+1", "18°C", "--3", "十八"])
@pytest.mark.parametrize("name", ["temp_c", "rain_mm"])
def test_what_is_no_number_is_said_of_its_line(cell, name):
    rows, (problem,) = read(HEAD + a_line(**{name: cell}))
    assert not rows and (problem.line, problem.no.code) == (2, "no_number")


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2020-03-20", date(2020, 3, 20)), ("2020/3/20", date(2020, 3, 20)), ("20200320", date(2020, 3, 20)),
     ("2020年3月20日", date(2020, 3, 20))],
)  # fmt: skip
def test_a_day_reads_in_every_usual_spelling(cell, day):
    assert read(HEAD + a_line(day=cell))[0][0].observation.day == day


@pytest.mark.parametrize("cell", ["", "yesterday", "2020-02-30", "03/04/2020", "2020-13-01"])
def test_a_day_that_is_none_or_two_is_said_of_its_line(cell):
    rows, (problem,) = read(HEAD + a_line(day=cell))
    assert not rows and (problem.line, problem.no.code) == (2, "day_unreadable")


@pytest.mark.parametrize("names", [tuple(HEADS), tuple(reversed(HEADS)), ("remark", *HEADS, "by")])
@pytest.mark.parametrize("word", [min, max])
def test_columns_stand_in_any_order_under_any_of_their_names(names, word):
    heads = [word(HEADS[name]) if name in HEADS else name for name in names]
    cells = [dict(zip(HEADS, LINE, strict=True)).get(name, "x") for name in names]
    ((row,), problems) = read(",".join(heads) + "\n" + ",".join(cells) + "\n")
    assert astuple(row.observation) == ("C-XD", date(2020, 3, 20), 18.9, 22, 16, 0) and not problems


@pytest.mark.parametrize("missing", list(HEADS))
def test_a_table_without_one_of_its_columns_is_refused(missing):
    heads = ",".join(name for name in HEADS if name != missing)
    with pytest.raises(Refusal) as no:
        read(heads + "\nC-XD,1,2,3,4\n")
    assert no.value.code == "columns_missing"


def test_titles_above_the_head_and_empty_lines_between_are_passed_over():
    rows, problems = read("Weather of March\n\n" + HEAD + a_line() + "\n,,,,,\n" + a_line(day="2020-03-19"))
    assert [(row.line, row.observation.day.day) for row in rows] == [(4, 20), (7, 19)] and not problems


def test_the_first_sheet_that_is_understood_is_read():
    head, line = HEAD.strip().split(","), ["C-XD", date(2020, 3, 20), 18.9, 22, 16, 0]
    data = a_workbook(cover=[["Weather bureau"]], march=[head, line], april=[head, [*line[:2], 1, 1, 1, 1]])
    ((row,), problems) = read(data)
    assert row.observation.temp_c == 18.9 and not problems


def test_a_table_longer_than_any_is_refused():
    with pytest.raises(Refusal) as no:
        read(HEAD + a_line() * (MAX_ROWS + 1))
    with override("en"):
        assert (no.value.code, str(no.value.why)) == ("file_unreadable", "The file is too large for daily weather.")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n;\t|'), max_size=8)


@given(st.lists(st.tuples(*[CELLS] * 6), max_size=6))
def test_every_line_is_read_or_named_and_none_is_lost(lines):
    text = HEAD + a_line() + "".join(",".join(line) + "\n" for line in lines)
    try:
        rows, problems = read(text)
    except Refusal as no:
        assert no.code == "file_unreadable"
        return
    filled = [line for line in lines if any(cell.strip() for cell in line)]
    assert len(filled) <= len(rows) + len(problems) - 1 <= len(lines)
    assert {problem.no.code for problem in problems} <= {"no_number", "day_unreadable", "line_cut_off"}


@given(st.binary(max_size=300))
def test_noise_is_refused_and_never_an_error(data):
    with pytest.raises(Refusal) as no:
        read(data)
    assert no.value.code in ("file_unreadable", "columns_missing")
