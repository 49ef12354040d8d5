"""Files of series: what gets in is right, what does not is named by line, field and cause."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.core.refusal import Refusal
from hucheng.situation.countries.faults import FAULTS, FIELDS
from hucheng.situation.countries.reading import read_series
from hucheng.situation.testing import a_table

DAY = date(2020, 3, 24)


def read(data):
    return read_series(data, published_on=DAY)


def codes(data):
    return [(fault.line, fault.field, fault.code) for fault in read(data)[1]]


def a_workbook(rows, title="series"):
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROWS = [("2020-03-22", "CA", 1377), ("2020-03-23", "CA", 1470)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_table_in_any_usual_encoding_reads_the_same(encoding):
    text = a_table([("2020-03-23", "加拿大", 1470)], heads="日期,国家,累计确诊").decode()
    rows, faults = read(text.encode(encoding))
    assert [(row.country, row.confirmed) for row in rows] == [("CA", 1470)] and not faults


@pytest.mark.parametrize("name", ["CA", "ca", "CAN", "Canada", "加拿大", " Canada "])
def test_a_country_is_known_by_code_and_by_name(name):
    assert read(a_table([("2020-03-23", name, 1)]))[0][0].country == "CA"


@pytest.mark.parametrize("text", ["2020-03-23", "2020/3/23", "2020.3.23", "20200323", "2020年3月23日"])
def test_a_day_reads_in_the_usual_ways(text):
    assert read(a_table([(text, "CA", 1)]))[0][0].day == date(2020, 3, 23)


def test_a_workbook_reads_like_a_csv_file():
    book = a_workbook([("date", "code", "confirmed_cum"), (date(2020, 3, 22), "CA", 1377), ("2020-03-23", "CA", 1470)])
    assert [row.figures for row in read(book)[0]] == [row.figures for row in read(a_table(ROWS))[0]]


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        (("2020-02-30", "CA", 1), "day", "day_unreadable"),
        (("23.3.20", "CA", 1), "day", "day_unreadable"),
        (("1920-03-23", "CA", 1), "day", "day_too_early"),
        (("2020-03-25", "CA", 1), "day", "day_not_over"),
        (("2020-03-23", "XX", 1), "country", "country_unknown"),
        (("2020-03-23", "", 1), "country", "country_unknown"),
        (("2020-03-23", "CA", ""), "confirmed", "count_missing"),
        (("2020-03-23", "CA", -1), "confirmed", "not_a_count"),
        (("2020-03-23", "CA", "1.5"), "confirmed", "not_a_count"),
        (("2020-03-23", "CA", "=1+1"), "confirmed", "not_a_count"),
        (("2020-03-23", "CA", "1e3"), "confirmed", "not_a_count"),
    ],
)
def test_a_faulty_row_is_named_and_the_others_get_in(cells, field, code):
    data = a_table([ROWS[0], cells, ROWS[1]])
    assert codes(data) == [(3, field, code)] and len(read(data)[0]) == 2


def test_a_formula_of_a_workbook_is_no_number():
    book = a_workbook([("date", "code", "confirmed"), ("2020-03-23", "CA", "=HYPERLINK(1)")])
    assert codes(book) == [(2, "confirmed", "not_a_count")]


def test_more_deaths_than_cases_point_at_swapped_columns():
    heads = "date,code,confirmed,deaths,recovered"
    assert codes(a_table([("2020-03-23", "CA", 5, 6, "")], heads)) == [(2, "confirmed", "more_ends_than_cases")]
    rows, faults = read(a_table([("2020-03-23", "CA", 5, 5, "")], heads))
    assert rows[0].figures == (5, 5, None) and not faults


def test_a_day_twice_with_the_same_number_is_one_with_another_is_a_fault():
    assert not codes(a_table([ROWS[0], ROWS[0]]))
    assert codes(a_table([ROWS[0], ("2020-03-22", "CA", 9)])) == [(3, "day", "day_twice")]


def test_a_row_that_breaks_off_is_not_guessed():
    assert codes(a_table([ROWS[0]]) + b"2020-03-23,CA") == [(3, "", "cut_off")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_unreadable"),
        (b"\xef\xbb\xbf", "file_unreadable"),
        (b"%PDF-1.7 nothing", "file_unreadable"),
        (b"PK\x03\x04 cut off", "file_unreadable"),
        (bytes(range(256)) * 400, "file_unreadable"),
        (b"a,b,c\n1,2,3\n", "columns_missing"),
        (b"date,code\n2020-03-23,CA\n", "columns_missing"),
        (b"date,code,confirmed\n" * 1_100_000, "file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "file_unreadable"),
    ],
)
def test_what_is_no_table_of_series_is_refused_whole(data, code):
    with pytest.raises(Refusal) as no:
        read(data)
    assert no.value.code == code


def test_a_workbook_cut_in_the_middle_is_refused_whole():
    whole = a_workbook([("date", "code", "confirmed"), *ROWS])
    for share in (0.3, 0.6, 0.95):
        with pytest.raises(Refusal):
            read(whole[: int(len(whole) * share)])


def test_a_table_beyond_any_series_is_refused():
    with pytest.raises(Refusal) as no:
        read(b"date,code,confirmed\n" + b"2020-03-23,CA,1\n" * 100_001)
    assert no.value.code == "too_many_rows"


@given(st.binary(max_size=400))
def test_noise_is_refused_or_read_never_an_error(data):
    try:
        rows, _faults = read(data)
    except Refusal:
        return
    assert all(row.day <= DAY for row in rows)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_every_row_is_read_or_faulty(cells):
    clean = [[cell.replace('"', "").replace("\n", "").replace("\r", "") for cell in row] for row in cells]
    text = "date;code;confirmed\n" + "".join(f"x{a};{b};{c}\n" for a, b, c in clean if ";" not in a + b + c)
    try:
        rows, faults = read(text.encode("utf-8", "ignore"))
    except Refusal:
        return
    assert not rows and all(fault.code in FAULTS and fault.field in FIELDS for fault in faults)
