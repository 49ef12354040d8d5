"""CSV and XLSX: headers in two languages, encodings, what spreadsheets destroy, and the way back."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings

from hucheng.engines.manifests import ManifestUnreadable, problems_csv, read_manifest, write_csv, write_xlsx
from hucheng.engines.manifests.tests.strategies import TODAY, codes, csv_of, resident_id, travellers, workbook

HEADER = "姓名,性别,出生日期,护照号,座位号"
ROWS = ("测试王,女,1985-04-30,EZ0000001,34F", "TESTLI/MING MR,男,1990/1/2,EZ0000002,35A")


def bare(people):
    return [replace(one, raw="", line=0, problems=()) for one in people]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_is_read_in_every_encoding(encoding):
    read = read_manifest(csv_of(HEADER, *ROWS, encoding=encoding), today=TODAY)
    first, second = read.travellers
    assert (first.name_zh, first.sex, first.birth) == ("测试王", "F", date(1985, 4, 30)) and read.problems == ()
    assert (second.surname, second.given, second.document.number) == ("TESTLI", "MING", "EZ0000002")
    assert [one.line for one in read.travellers] == [2, 3] and read.mapping["document_number"] == "护照号"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_guessed(separator):
    rows = [line.replace(",", separator) for line in (HEADER, *ROWS)]
    assert len(read_manifest(csv_of(*rows), today=TODAY).readable) == 2


def test_a_title_above_the_header_and_bilingual_headers_are_understood():
    rows = ["HU7976 旅客名单,,", "姓名 Name,出生日期 (Date of birth),Passport No.", "TESTWANG/LIHUA,30APR1985,EZ1"]
    read = read_manifest(csv_of(*rows), today=TODAY)
    assert read.travellers[0].birth == date(1985, 4, 30) and read.travellers[0].document.number == "EZ1"


def test_a_person_overrides_the_guess():
    data = csv_of("谁,何时,什么", "TESTWANG/LIHUA,1985-04-30,EZ1")
    asked = read_manifest(data, today=TODAY)
    assert codes(asked) == ["UNKNOWN_COLUMNS"] and asked.columns == ("谁", "何时", "什么") and asked.rows == 1
    read = read_manifest(data, today=TODAY, mapping={"name": "谁", "birth": "何时", "document_number": "什么"})
    assert read.readable and read.travellers[0].surname == "TESTWANG"
    missing = read_manifest(csv_of(HEADER, *ROWS), today=TODAY, mapping={"seat": "没有", "sex": ""})
    assert codes(missing) == ["MAPPED_COLUMN_MISSING"] and missing.travellers[0].sex == ""


def test_quoted_line_breaks_keep_rows_and_line_numbers():
    rows = [HEADER, '"TESTWANG\n/LIHUA",F,1985-04-30,EZ1,1A', "TEST,F,1985-04-31,EZ2,1B"]
    read = read_manifest(csv_of(*rows), today=TODAY)
    assert [one.line for one in read.travellers] == [2, 4]
    assert [(one.code, one.line) for one in read.problems] == [("INVALID_DATE", 4)]


@pytest.mark.parametrize(
    ("row", "code", "readable"),
    [
        ("TEST,女,03/04/1985,EZ1,1A", "AMBIGUOUS_DATE", True),
        ("TEST,女,1985-02-30,EZ1,1A", "INVALID_DATE", True),
        ("TEST,女,2021-01-01,EZ1,1A", "FUTURE_BIRTH", True),
        ("TEST,女,1850-01-01,EZ1,1A", "IMPLAUSIBLE_AGE", True),
        ("TEST,?!,1985-01-01,EZ1,1A", "BAD_SEX", True),
        ("TEST,女,1985-01-01,1.40105E+17,1A", "LOST_DIGITS", False),
        ("=cmd|x,女,1985-01-01,EZ1,1A", "FORMULA_TEXT", True),
        ("TEST,女,1985-01-01", "ROW_SHORT", True),
        ("TEST,女,1985-01-01,EZ1,1A,extra", "ROW_LONG", False),
        (",女,1985-01-01,EZ1,1A", "NO_NAME", False),
        ("TEST,女,,,1A", "NO_IDENTITY", False),
        ("TESTLI/MING MR,男,1990/1/2,EZ0000002,35A", "DUPLICATE_ROW", False),
        ("OTHER,男,1990-01-03,EZ0000002,1A", "DUPLICATE_DOCUMENT", True),
        ("OTHER,男,1990-01-03,EZ9,35A", "SHARED_SEAT", True),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_stay(row, code, readable):
    read = read_manifest(csv_of(HEADER, *ROWS, row), today=TODAY)
    assert read.rows == 3 and codes(read) == [code] == codes(read.travellers[2])
    assert read.problems[0].line == 4 and read.travellers[2].readable is readable
    assert all(one.readable for one in read.travellers[:2])


def test_a_resident_id_is_checked_and_gives_the_birth():
    good = resident_id(date(1988, 1, 12), place="999999")
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    rows = [f"测试一,{good}", f"测试二,{wrong}", "测试三,14010519880230001X", "测试四,12345"]
    read = read_manifest(csv_of("姓名,身份证号", *rows), today=TODAY)
    assert read.travellers[0].birth == date(1988, 1, 12) and read.travellers[0].readable
    found = [codes(one)[0] for one in read.travellers[1:]]
    assert found == ["RESIDENT_ID_CHECK", "RESIDENT_ID_DATE", "RESIDENT_ID_FORM"] and len(read.unreadable) == 3


def test_a_birth_that_contradicts_the_resident_id_is_noted():
    number = resident_id(date(1988, 1, 12))
    read = read_manifest(csv_of("姓名,身份证号,出生日期", f"测试一,{number},1988-01-13"), today=TODAY)
    assert codes(read) == ["RESIDENT_ID_BIRTH"]


def test_what_excel_destroyed_is_refused_by_row():
    rows = [["测试一", 140105198801120015, 32154], ["测试二", "140105198801120010", datetime(1988, 1, 12)]]
    read = read_manifest(workbook(["姓名", "身份证号", "出生日期"], *rows), today=TODAY)
    assert "LOST_DIGITS" in codes(read.travellers[0])
    assert not read.travellers[0].readable and read.travellers[0].birth == date(1988, 1, 12)
    assert read.travellers[1].birth == date(1988, 1, 12)


def test_a_document_in_a_numeric_cell_is_noted():
    read = read_manifest(workbook(["Name", "Passport no", "DOB"], ["TEST/ONE", 4, date(1990, 1, 1)]), today=TODAY)
    assert codes(read) == ["NUMERIC_DOCUMENT"] and read.travellers[0].document.number == "4"


def test_a_formula_in_a_workbook_is_text():
    read = read_manifest(workbook(["Name", "DOB"], ["=HYPERLINK(1)", "1990-01-01"]), today=TODAY)
    assert codes(read) == ["FORMULA_TEXT"] and read.travellers[0].surname == "=HYPERLINK(1)"


@given(travellers())
@settings(max_examples=40, deadline=None)
def test_csv_written_is_read_again(people):
    for language in ("en", "zh"):
        read = read_manifest(write_csv(people, flight="HU7976", language=language), today=TODAY)
        assert bare(read.travellers) == people and read.flight == "HU7976"


@given(travellers())
@settings(max_examples=10, deadline=None)
def test_xlsx_written_is_read_again(people):
    assert bare(read_manifest(write_xlsx(people), today=TODAY).travellers) == people


def test_no_cell_that_is_written_starts_a_formula():
    data = write_csv(read_manifest(csv_of(HEADER, "=1+1,女,1985-01-01,@X,-1A"), today=TODAY).travellers)
    cells = data.decode("utf-8-sig").replace("\r\n", ",").split(",")
    assert "'=1+1" in cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_list_of_problems_can_be_mended_and_sent_again():
    read = read_manifest(csv_of(HEADER, *ROWS, "TEST,女,1985-02-30,,1A"), today=TODAY)
    listed = problems_csv(read).decode("utf-8-sig")
    assert "日期“1985-02-30”" in listed and "does not exist" in listed and "EZ0000001" not in listed
    again = read_manifest(listed.replace(",1985-02-30,", ",1985-02-28,").encode(), today=TODAY)
    assert again.rows == 1 and again.problems == () and again.travellers[0].birth == date(1985, 2, 28)
    assert again.travellers[0].surname == "TEST"


def test_a_sheet_at_the_limit_of_its_format_is_refused():
    line = b"A,1\n"
    for rows in (65_536, 1_048_576):
        with pytest.raises(ManifestUnreadable) as refused:
            read_manifest(b"Name,Passport\n" + line * (rows - 1), today=TODAY)
        assert refused.value.problem.code == "ROW_LIMIT"
    with pytest.raises(ManifestUnreadable) as refused:
        read_manifest(b"Name,Passport\n" + line * 60_000, today=TODAY)
    assert refused.value.problem.code == "TOO_MANY_ROWS"
