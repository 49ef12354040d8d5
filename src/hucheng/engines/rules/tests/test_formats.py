"""One table in four forms: each is read back the same, and what is out of form is refused with its place."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hucheng.engines.rules import approve, as_json, load_table, shipped_tables, table_of, written_of
from hucheng.engines.rules.dmn import DMN, read_dmn, table_dmn
from hucheng.engines.rules.sheet import read_sheet, table_csv, table_xlsx
from hucheng.engines.rules.tests.making import DAY, a_row, a_table, tables, written

FORMS = {
    "csv": (table_csv, lambda data: read_sheet(data, name="t.csv")),
    "xlsx": (table_xlsx, lambda data: read_sheet(data, name="T.XLSX")),
    "dmn": (table_dmn, read_dmn),
    "json": (lambda table: as_json(table).encode(), lambda data: load_table(data.decode())),
    "plain": (written_of, table_of),
}
FULL = a_table(
    a_row("hot", "HARD", {"temp": {"at_least": 37.3}}, always=True, author="Wang", approved_by="Li"),
    a_row("range", "FIRM", {"temp": {"above": 36.125, "below": 37.3}, "kind": ["a", "c"]}, until="2020-06-07"),
    a_row("gone", "FIRM", {"temp": {"missing": True}, "signs": {"some": False}}, **{"from": "2020-03-20"}),
    a_row("there", "FIRM", {"temp": {"missing": False}, "signs": {"some": True}}, needs=["T-hot", "T-gone"]),
    a_row("rest", "MILD", **{"from": "2019-01-01", "until": "2030-12-31"}),
    a_row("always", "MILD"),
    hit="priority",
    stricter_with={"temp": "up"},
    tests=[
        {
            "day": DAY,
            "facts": {"temp": 38, "rows": 0, "signs": ["a", "b"], "ok": True},
            "outcome": "HARD",
            "row": "hot",
        },
        {"day": DAY, "facts": {"rows": 99}, "outcome": "INVALID_INPUT"},
    ],
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", shipped_tables())
def test_every_shipped_table_is_read_back_the_same_from_every_form(form, name):
    write, read = FORMS[form]
    table = load_table(name)
    assert read(write(table)) == table


@pytest.mark.parametrize("form", FORMS)
def test_every_part_of_the_format_is_kept_by_every_form(form):
    write, read = FORMS[form]
    assert read(write(FULL)) == FULL
    approved = approve(replace(FULL, rows=FULL.rows[:1] + FULL.rows[4:]), by="Zhao", on=date(2020, 3, 21))
    assert read(write(approved)).approval == approved.approval


@pytest.mark.parametrize("form", ["csv", "dmn", "json", "plain"])
@given(table=tables(hits=("unique", "first", "priority", "collect"), closed=False))
def test_any_table_is_read_back_the_same(form, table):
    write, read = FORMS[form]
    assert read(write(table)) == table


HOSTILE = ["=1+1", "@x", '"quoted", so', "a;b", "行，“例”", "<tag>&amp;", "-", "[rows]", "'x", "𝔘"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_any_signs_is_kept_as_a_text(form, text):
    write, read = FORMS[form]
    reason = {"zh": text, "en": text}
    table = a_table(a_row("rest", reason=reason), a_row("x", basis=reason), title=reason, author=text)
    assert read(write(table)) == table


def test_a_workbook_holds_no_formula():
    book = load_workbook(io.BytesIO(table_xlsx(a_table(a_row("rest", reason={"zh": "=1+1", "en": "=cmd|x"})))))
    assert all(cell.data_type == "s" for sheet in book for line in sheet for cell in line if cell.value is not None)


def test_a_workbook_filled_in_by_hand_is_read():
    """Numbers typed as numbers, days as days, yes as a tick: what people do in a sheet."""
    book = load_workbook(io.BytesIO(table_xlsx(FULL)))
    sheet = book["rows"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("rows") + 1).value = 3
    sheet.cell(2, heads.index("from") + 1).value = date(2020, 3, 20)
    sheet.cell(2, heads.index("always") + 1).value = True
    sheet.cell(2, heads.index("kind") + 1).value = "a , b"
    out = io.BytesIO()
    book.save(out)
    row = read_sheet(out.getvalue(), name="t.xlsx").rows[0]
    conditions = {c.field: c.written for c in row.conditions}
    assert conditions["rows"] == {"at_least": 3, "at_most": 3} and conditions["kind"] == ["a", "b"]
    assert (row.since, row.always) == (date(2020, 3, 20), True)


BOOK = table_xlsx(FULL)
CSV = table_csv(FULL).decode("utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[rows]", "[lines]", "block rows is missing"),
        ("[inputs]", "[lines]", "block inputs is missing"),
        (">= 37.3", "warm", "row hot: temp: 'warm' is no condition"),
        (">= 37.3", "[38..37]", "row hot: temp: nothing lies between"),
        ('"a, c"', "z", "row range: kind: \\['z'\\] is no condition"),
        ("some,", "many,", "row there: signs: 'many'"),
        (",yes,Wang,Li", ",perhaps,Wang,Li", "row hot: always: yes or nothing"),
        ("2020-06-07", "7 June", "row range: until: a day such as"),
        ("2019-01-01", "2031-01-01", "row rest: it ends before it begins"),
        ("temp,number,30,45", "temp,number,cold,45", "input temp: low: a number"),
        ("temp,number", "temp,colour", "input temp: kind must be"),
        ("priority", "random", "hit: one of"),
        ("hot,T-hot", "rest,T-hot", "two rows have the same id"),
        ("reason_zh", "reason_en", "two columns of one name"),
        (",HARD,", ",WILD,", "outcomes: WILD missing"),
        ("name,t\r\n", "name,\r\n", "name: a word is wanted"),
        (",99,", ",many,", "test: rows: a number"),
    ],
)
def test_a_sheet_out_of_form_is_refused_with_the_place(old, new, told):
    assert old in CSV
    with pytest.raises(ValueError, match=told):
        read_sheet(CSV.replace(old, new, 1).encode(), name="t.csv")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "t.csv"),
        (b"\xff\xfe\x00", "t.csv"),
        (b'[rows]\r\n"open', "t.csv"),
        (b"not a zip", "t.xlsx"),
        (b"PK\x03\x04" + b"\0" * 60, "t.xlsx"),
        (b"x" * 5_000_001, "t.csv"),
    ],
    ids=["empty", "no text", "open quote", "no zip", "half a zip", "too large"],
)
def test_a_file_that_is_no_sheet_is_refused(data, name):
    with pytest.raises(ValueError, match=r"\w"):
        read_sheet(data, name=name)


@settings(max_examples=100)
@given(st.integers(0, 10**6), st.binary(max_size=3))
def test_a_damaged_workbook_is_a_table_or_a_value_error(place, signs):
    place %= len(BOOK)
    try:
        read_sheet(BOOK[:place] + signs + BOOK[place + 2 :], name="t.xlsx")
    except ValueError as refused:
        assert str(refused)


def test_a_small_file_that_unpacks_to_a_mountain_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_001)
    with pytest.raises(ValueError, match="50 MB"):
        read_sheet(out.getvalue(), name="t.xlsx")


def test_a_workbook_of_something_else_is_refused():
    out = io.BytesIO()
    Workbook().save(out)
    with pytest.raises(ValueError, match="block table is missing"):
        read_sheet(out.getvalue(), name="t.xlsx")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"hit": "any"}, "hit: one of"),
        ({"outcomes": {}, "hit": "priority"}, "needs them listed"),
        ({"outcomes": {"MILD": {"zh": "x"}}}, "outcome MILD: en missing"),
        ({"stricter_with": {"kind": "up"}}, "stricter_with: kind"),
        ({"stricter_with": {"temp": "sideways"}}, "stricter_with: temp"),
        ({"stricter_with": {"luck": "up"}}, "stricter_with: luck"),
        ({"outcomes": {}, "stricter_with": {"temp": "up"}}, "outcomes must be listed"),
        ({"tests": [{"day": "2020-03-24", "facts": {"luck": 1}, "outcome": "MILD"}]}, "test 1: luck is not an input"),
        ({"tests": [{"day": "2020-03-24", "facts": {"temp": 99}, "outcome": "MILD"}]}, "test 1: temp is 99"),
        ({"tests": [{"day": "soon", "facts": {}, "outcome": "MILD"}]}, "test 1: day"),
        ({"approved": {"by": "Li"}}, "approved: day missing"),
        ({"inputs": {"from": {"kind": "flag"}}}, "input 'from'"),
        ({"inputs": {"two words": {"kind": "flag"}}}, "input 'two words'"),
        ({"inputs": {"x": {"kind": "choice", "values": ["a", "a"]}}}, "each once"),
        ({"inputs": {"x": {"kind": "choice", "values": ["a;b"]}}}, "without ;"),
        ({"inputs": {"x": {"kind": "choice", "values": ["a"], "otherwise": "b"}}}, "otherwise must be one"),
        ({"inputs": {"x": {"kind": "number", "low": 0, "high": float("nan")}}}, "low below high"),
        ({"inputs": {"x": {"kind": "number", "low": 0, "high": 1, "optional": "perhaps"}}}, "optional takes"),
        ({"name": "a\x00b"}, "name: a word"),
        ({"rows": [a_row("x", always="yes")]}, "row x: always"),
        ({"rows": [a_row("x", when={"temp": {"at_least": 1, "above": 2}})]}, "one bound from below"),
        ({"rows": [a_row("x", when={"temp": {}})]}, "is no condition"),
        ({"rows": [a_row("x", when={"signs": {"at_least": 1}})]}, "does not fit a list"),
        ({"rows": [a_row("x", when={"temp": {"around": 1}})]}, "is no comparison"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_table_out_of_form_is_refused_with_the_place(change, told):
    with pytest.raises(ValueError, match=told):
        table_of({**written(a_row("rest")), **change})


def test_what_is_written_of_a_table_may_be_changed_without_changing_the_table():
    said = written_of(FULL)
    said["rows"][0]["when"]["temp"]["at_least"] = 40
    said["rows"][1]["when"]["kind"].append("b")
    said["tests"][0]["facts"]["rows"] = 5
    assert written_of(FULL) != said and table_of(written_of(FULL)) == FULL


def test_json_and_yaml_say_the_same():
    assert load_table(as_json(FULL)) == load_table(json.dumps(written_of(FULL))) == FULL


def test_bytes_of_any_kind_are_a_table_or_a_value_error_for_every_reader():
    junk = [b"", b"[]", b"{}", b"\x00", b"<a/>", b'{"name": 1}', b"- 1", b"&a [*a]", b"<!DOCTYPE a><a/>"]
    for data in junk:
        for read in (lambda d: load_table(d.decode()), read_dmn, FORMS["csv"][1], FORMS["xlsx"][1]):
            with pytest.raises(ValueError, match=r"\w"):
                read(data)


@settings(max_examples=150)
@given(st.data())
def test_a_sheet_with_any_cell_changed_is_a_table_or_a_value_error(data):
    place = data.draw(st.integers(0, len(CSV) - 1))
    signs = data.draw(st.text(st.sampled_from('[]",-<>.=019yx\n'), max_size=3))
    try:
        read_sheet((CSV[:place] + signs + CSV[place + 1 :]).encode(), name="t.csv")
    except ValueError as refused:
        assert str(refused)


@settings(max_examples=150)
@given(st.data())
def test_a_document_with_any_part_changed_is_a_table_or_a_value_error(data):
    text = table_dmn(FULL).decode()
    place = data.draw(st.integers(0, len(text) - 1))
    cut = data.draw(st.integers(0, 40))
    signs = data.draw(st.text(st.sampled_from('<>"/&;x0[]{}'), max_size=3))
    try:
        read_dmn((text[:place] + signs + text[place + cut :]).encode())
    except ValueError as refused:
        assert str(refused)


def test_the_namespace_is_that_of_dmn_1_3():
    assert DMN == "https://www.omg.org/spec/DMN/20191111/MODEL/"
    assert f'xmlns="{DMN}"' in table_dmn(FULL).decode()
