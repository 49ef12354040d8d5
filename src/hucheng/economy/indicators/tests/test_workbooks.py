"""Workbooks of values, in and out: which sheet is read, what a cell may hold, and that what goes out comes back."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hucheng.core.refusal import Refusal
from hucheng.economy.indicators.problems import PROBLEMS
from hucheng.economy.indicators.sheets import COLUMNS, NEEDED, read_values, write_problems, write_values

GOOD = ["industry", "2020M02", -11.9, "2020-03-20", None, "press"]


def a_book(*rows, **sheets):
    """A workbook whose first sheet holds these rows, and further sheets by their names."""
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for row in lines:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*rows, **sheets):
    return read_values(a_book(*rows, **sheets))


def refused(data):
    with pytest.raises(Refusal) as no:
        read_values(data)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (-11.9, "-11.9"),
        (7, "7"),
        ("－11.9％", "-11.9"),
        ("−11.9", "-11.9"),
        ("1,124.38", "1124.38"),
        ("'-11.9", "-11.9"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_number_is_read_from_a_cell_however_it_was_typed(cell, number):
    (row,) = read(COLUMNS, [*GOOD[:2], cell, *GOOD[3:]])
    assert row.value.value == Decimal(number) and row.line == 2


@pytest.mark.parametrize("cell", [None, "x", True, "=1+1", "1e5", 1e-9, 10**15, "12 %%", datetime(2020, 3, 20)])
def test_what_is_no_number_is_marked_at_its_cell(cell):
    (row,) = read(COLUMNS, [*GOOD[:2], cell, *GOOD[3:]])
    assert (row.value, row.problem, row.field) == (None, "not_a_number", "value")


@pytest.mark.parametrize("cell", [date(2020, 3, 20), datetime(2020, 3, 20), "2020/3/20", "2020年3月20日", "2020-03-20"])
def test_a_day_is_read_from_a_cell_however_it_was_typed(cell):
    (row,) = read(COLUMNS, [*GOOD[:3], cell, *GOOD[4:]])
    assert row.value.published_on == date(2020, 3, 20)


@pytest.mark.parametrize("cell", [None, "20 March", "2020-02-30", 43910, "03/20/2020"])
def test_what_is_no_day_is_marked_at_its_cell(cell):
    (row,) = read(COLUMNS, [*GOOD[:3], cell, *GOOD[4:]])
    assert (row.problem, row.field) == ("no_such_day", "published_on")


@pytest.mark.parametrize("head", [COLUMNS, ("指标代码", "报告期", "指标值", "公布日期", "修订原因", "数据来源"),
                                  ("Series", "PERIOD", " value ", "Published on", "Reason", "Source")])  # fmt: skip
def test_columns_are_known_by_their_names_in_both_languages(head):
    (row,) = read(head, GOOD)
    assert (row.value.code, row.value.period, row.value.source) == ("industry", "2020M02", "press")


@given(st.permutations(range(len(COLUMNS))))
@settings(max_examples=15, deadline=None)
def test_columns_may_stand_in_any_order(order):
    (row,) = read([COLUMNS[n] for n in order], [GOOD[n] for n in order])
    assert row.value.value == Decimal("-11.9") and row.value.published_on == date(2020, 3, 20)


@pytest.mark.parametrize("missing", NEEDED)
def test_without_a_column_it_needs_a_file_is_refused(missing):
    places = [place for place, name in enumerate(COLUMNS) if name != missing]
    data = a_book([COLUMNS[place] for place in places], [GOOD[place] for place in places])
    assert refused(data) == "values_no_columns"


def test_reason_and_source_may_be_left_out():
    (row,) = read(NEEDED, GOOD[:4])
    assert (row.value.reason, row.value.source) == ("", "")


def test_the_sheet_with_the_columns_is_read_wherever_it_stands_and_only_that():
    rows = read(["how to fill in"], notes=[["x", "y"]], values=[COLUMNS, GOOD], more=[COLUMNS, GOOD, GOOD])
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (lambda: a_book(), "values_no_rows"),
        (lambda: a_book([None, " "]), "values_no_rows"),
        (lambda: a_book(COLUMNS), "values_no_rows"),
        (lambda: a_book(COLUMNS, [None, "", " "]), "values_no_rows"),
        (lambda: a_book(["values of March"], COLUMNS, GOOD), "values_no_columns"),
        (lambda: ("code,period,value,published_on\n" + "x,\n" * 50_001).encode(), "values_too_many_rows"),
    ],
)
def test_a_file_without_a_table_is_refused(data, code):
    assert refused(data()) == code


def test_blank_rows_are_passed_over_and_lines_stay_those_of_the_file():
    rows = read(COLUMNS, [], GOOD, [None, "", " "], GOOD)
    assert [row.line for row in rows] == [3, 5]


TEXTS = st.text("ab 中文=+-@'\"\n,;", max_size=8).map(str.strip)
VALUES = st.decimals(-99999, 99999, places=4)
ROWS = st.lists(st.tuples(TEXTS, st.just("2020M02"), VALUES, st.dates(date(1990, 1, 1)), TEXTS, TEXTS), min_size=1)


@given(ROWS)
@settings(max_examples=25, deadline=None)
def test_what_is_written_is_read_back_and_nothing_of_it_is_a_formula(rows):
    data = write_values(rows, COLUMNS, "values")
    for line in load_workbook(io.BytesIO(data)).active.iter_rows():
        assert all(cell.data_type in ("s", "n") for cell in line)
    again = [row.value for row in read_values(data)]
    assert [(one.value, one.published_on) for one in again] == [(row[2], row[3]) for row in rows]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_each_problem_stands_behind_its_row_with_a_remedy(problem):
    cells = dict(zip(COLUMNS, ["=x", "2020M02", "-2.9", "2020-03-20", "+why", "@s"], strict=True))
    told = write_problems([{"line": 7, "field": "value", "problem": problem, "cells": cells}])
    (row,) = csv.DictReader(io.StringIO(told.decode("utf-8-sig")))
    why, do = PROBLEMS[problem]
    assert (row["line"], row["field"], row["why"], row["remedy"]) == ("7", "value", str(why), str(do))
    assert row["value"] == "-2.9" and all(row[name].startswith("'") for name in ("code", "reason", "source"))
