"""Every kind of bad file: what is refused whole, what is kept out row by row, and what the page and its table say."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.core.refusal import Refusal
from hucheng.situation.countries.atlas import airports, countries, country_code
from hucheng.situation.countries.faults import FAULTS, FIELDS
from hucheng.situation.countries.reading import COUNT, HEADS, read_series
from hucheng.situation.testing import a_table

DAY = date(2020, 3, 24)
ROW = ("2020-03-23", "CA", "1470", "", "")
FULL = "date,code,confirmed,deaths,recovered"


def read(data):
    return read_series(data, published_on=DAY)


def one(**changes):
    """What a row with these cells is read as: its row, or the field and code of its fault."""
    cells = dict(zip(HEADS, ROW, strict=True)) | changes
    rows, faults = read(a_table([tuple(cells.values())], FULL))
    return rows[0] if rows else (faults[0].field, faults[0].code)


def a_workbook(*sheets):
    book, out = Workbook(), io.BytesIO()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"sheet {number}")
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def refusal_of(data):
    with pytest.raises(Refusal) as no, override("en"):
        read(data)
    with override("en"):
        return no.value.code, str(no.value.why)


def a_zip(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b" \r\n \t\n", "empty"),
        (b"\x00" * 600, ""),
        (b"%PDF-1.7", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel"),
        (a_zip(readme="no workbook"), ""),
        (b"PK\x03\x04" + b"x" * 200, "cut off or damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ""),
    ],
    ids=["empty", "space", "zeros", "pdf", "xls", "zip", "cut zip", "picture"],
)
def test_a_file_that_is_no_table_is_refused_with_what_it_is(data, why):
    code, words = refusal_of(data)
    assert code == "file_unreadable" and why in words


@pytest.mark.parametrize(
    "head",
    ["date,code", "code,confirmed", "date,confirmed", "a,b,c", "date code confirmed", "日期,国家", "<html><body>"],
)
def test_a_table_without_one_of_its_heads_is_refused(head):
    assert refusal_of(f"{head}\n2020-03-23,CA,1\n".encode()) == (
        "columns_missing", "The columns of day, country and confirmed cases were not found.",
    )  # fmt: skip


@pytest.mark.parametrize(("titles", "found"), [(0, True), (9, True), (10, False)])
def test_heads_stand_within_the_first_ten_lines(titles, found):
    data = b"Report of the commission\n" * titles + a_table([ROW], FULL)
    if found:
        ((row,), _faults) = read(data)
        assert row.confirmed == 1470 and row.line == titles + 2
    else:
        assert refusal_of(data)[0] == "columns_missing"


@pytest.mark.parametrize("word", [min, max])
@pytest.mark.parametrize("names", [tuple(HEADS), tuple(reversed(HEADS)), ("remark", *HEADS, "by")])
def test_columns_stand_in_any_order_under_any_of_their_names(word, names):
    heads = [f" {word(HEADS[name]).upper()} " if name in HEADS else name for name in names]
    cells = [dict(zip(HEADS, ("2020-03-23", "CA", 9, 1, 2), strict=True)).get(name, "x") for name in names]
    ((row,), faults) = read(a_table([tuple(cells)], ",".join(heads)))
    assert (row.country, row.day, row.figures) == ("CA", date(2020, 3, 23), (9, 1, 2)) and not faults


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_usual_separator_and_ending_reads_the_same(separator, ending):
    text = ending.join(separator.join(cells) for cells in (FULL.split(","), ROW)) + ending
    ((row,), faults) = read(text.encode())
    assert row.figures == (1470, None, None) and not faults


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2020-03-23", 23), ("2020-3-1", 1), ("2020 - 03 - 23", 23), ("2020年3月23日", 23), ("2020年03月23", 23),
        ("20200323", 23), ("2020/03/23", 23), ("２０２０-03-23", 23), ("2020-03-23T00:00", None), ("23-03-2020", None),
        ("2020-3", None), ("202003", None), ("2020032", None), ("2020-00-10", None), ("2020-02-30", None),
        ("March 23", None), ("43913", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_is_read_or_said_to_be_none(text, wanted):
    found = one(day=text)
    assert found == ("day", "day_unreadable") if wanted is None else found.day.day == wanted


@pytest.mark.parametrize(
    ("day", "code"),
    [("2019-11-30", "day_too_early"), ("2019-12-01", ""), ("2020-03-24", ""), ("2020-03-25", "day_not_over")],
)
def test_days_lie_between_the_first_of_the_disease_and_the_publication(day, code):
    assert one(day=day) == ("day", code) if code else one(day=day).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("007", 7), ("1,470", 1470), ("1，470", 1470), ("12,345,678", 12345678), ("9" * 15, 10**15 - 1),
        ("１４７０", 1470), ("9" * 16, None), ("1,47", None), ("14,70", None), (",147", None), ("1470.0", None),
        ("+5", None), ("-0", None), ("5 ", 5), ("5人", None), ("约5", None), ("N/A", None), ("½", None), ("²", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("field", ["confirmed", "deaths"])
def test_a_count_is_read_or_said_to_be_none(text, value, field):
    changes = {"confirmed": "9" * 15, field: f'"{text}"'}
    found = one(**changes)
    assert found == (field, "not_a_count") if value is None else getattr(found, field) == value


@pytest.mark.parametrize(
    ("confirmed", "deaths", "recovered", "code"),
    [("5", "5", "0", ""), ("5", "0", "5", ""), ("5", "6", "", "more_ends_than_cases"), ("0", "", "", ""),
     ("5", "", "6", "more_ends_than_cases"), ("", "1", "", "count_missing")],
)  # fmt: skip
def test_ends_are_no_more_than_cases(confirmed, deaths, recovered, code):
    found = one(confirmed=confirmed, deaths=deaths, recovered=recovered)
    assert found == ("confirmed", code) if code else found.confirmed == int(confirmed)


def test_a_row_is_named_by_its_first_fault_and_its_value_is_cut():
    rows, (fault,) = read(a_table([("soon", "x" * 200, "many")], "date,code,confirmed"))
    assert not rows and (fault.field, fault.code, fault.value) == ("country", "country_unknown", "x" * 80)
    assert fault.as_dict() == {"line": 2, "field": "country", "value": "x" * 80, "code": "country_unknown"}


def test_a_country_twice_a_day_is_kept_once_by_its_first_number():
    table = [
        ROW,
        ("2020-03-23", "Canada", "1470", "", ""),
        ("2020-03-23", "加拿大", "9", "", ""),
        ("2020-03-22", *ROW[1:]),
    ]
    rows, (fault,) = read(a_table(table, FULL))
    assert [row.line for row in rows] == [2, 3, 5] and (fault.line, fault.code) == (4, "day_twice")


def test_short_long_and_empty_rows_are_told_apart():
    data = (
        b"date,code,confirmed,deaths\n2020-03-23,CA\n\n2020-03-22,CA,5\n2020-03-21,CA,5,1,x,y\n,,,\n2020-03-20,CA,5,1\n"
    )
    rows, faults = read(data)
    assert [row.day.day for row in rows] == [22, 21, 20] and [(fault.line, fault.code) for fault in faults] == [
        (2, "count_missing")
    ]


@pytest.mark.parametrize("cell", [date(2020, 3, 23), datetime(2020, 3, 23), "2020-03-23", 20200323])
def test_a_workbook_may_hold_days_as_days_or_as_words(cell):
    ((row,), faults) = read(a_workbook([["date", "code", "confirmed"], [cell, "CA", 1470]]))
    assert (row.day, row.confirmed) == (date(2020, 3, 23), 1470) and not faults


@pytest.mark.parametrize(("cell", "code"), [(1470.5, "not_a_count"), (True, "not_a_count"), (None, "count_missing")])
def test_a_workbook_of_halves_and_truths_is_read_as_carefully(cell, code):
    rows, (fault,) = read(a_workbook([["date", "code", "confirmed"], ["2020-03-23", "CA", cell]]))
    assert not rows and fault.code == code


def test_the_first_sheet_with_anything_on_it_is_read():
    table = [["date", "code", "confirmed"], ["2020-03-23", "CA", 5]]
    assert read(a_workbook([], table))[0][0].confirmed == 5
    assert refusal_of(a_workbook([["cover"]], table))[0] == "columns_missing"
    assert refusal_of(a_workbook([], []))[0] == "columns_missing"


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='",\r\n;\t|'), max_size=10)
GOOD = st.tuples(st.integers(0, 50).map(lambda n: str(DAY - timedelta(days=n))), st.sampled_from(["CA", "RU"]),
                 st.integers(0, 10**6).map(str))  # fmt: skip


@given(st.lists(st.one_of(GOOD, st.tuples(CELLS, CELLS, CELLS)), max_size=12))
def test_every_row_is_read_or_named_and_counted_once(table):
    text = "date,code,confirmed\n" + "".join(",".join(row) + "\n" for row in table)
    try:
        rows, faults = read(text.encode())
    except Refusal as no:
        assert no.code == "file_unreadable"
        return
    filled = sum(any(cell.strip() for cell in row) for row in table)
    assert filled <= len(rows) + len(faults) <= len(table)
    named = [row.line for row in rows] + [fault.line for fault in faults]
    assert len(set(named)) == len(named) and {fault.code for fault in faults} <= set(FAULTS)
    assert all(row.confirmed >= 0 and row.country in countries() and row.day <= DAY for row in rows)


@given(st.integers(0, 10**15 - 1))
def test_a_count_reads_the_same_with_and_without_its_thousands(number):
    for text in (f"{number}", f"{number:,}", f"{number:,}".replace(",", "，")):
        assert COUNT.fullmatch(text) and one(confirmed=f'"{text}"').confirmed == number


def test_every_fault_and_field_has_its_words_in_both_languages():
    for words in (*FAULTS.values(), *((name, name) for name in FIELDS.values())):
        said = []
        for language in ("en", "zh-hans"):
            with override(language):
                said.append([str(word) for word in words])
        assert all(said[0]) and all(said[1]) and not set(said[0]) & set(said[1])


def test_the_tables_of_countries_and_airports_hold_together():
    codes = [country.code for country in countries().values()]
    assert codes == list(countries()) and all(len(code) == 2 for code in codes)
    assert len({country.iso3 for country in countries().values()}) == len(codes)
    assert all(country.population is None or country.population > 0 for country in countries().values())
    assert all(-180 <= one.longitude <= 180 and -90 <= one.latitude <= 90 for one in airports().values())
    for country in countries().values():
        for name in (country.code.lower(), country.iso3, f" {country.name_en} ", country.name_zh):
            assert country_code(name) == country.code, name
    with override("zh-hans"):
        assert (countries()["CA"].name, airports()["TYN"].city) == ("加拿大", "太原")
    with override("en"):
        assert (countries()["CA"].name, airports()["TYN"].city) == ("Canada", "Taiyuan")
