"""Passenger lists: the reference messages, every layout of a sheet, and files that mean harm."""

import io
import json
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from hucheng.engines.manifests import (
    Document,
    ManifestUnreadable,
    Traveller,
    problems_csv,
    read_manifest,
    write_csv,
    write_paxlst,
    write_xlsx,
)

TODAY = date(2020, 3, 21)
MESSAGES = ["01_passengers_hu7976", "02_crew_hu7976", "03_edge_ca910", "bad_1_unt_count", "bad_2_cnt_mismatch"]
MESSAGES += ["bad_3_date_and_duplicate_doc"]
HEAD = "姓名,性别,出生日期,国籍,证件号码,座位\n"
CSV = HEAD + "王丽华,女,1985-04-30,中国,EZ0000001,34F\n赵启明,男,1986/2/3,CHN,EZ0000002,34G\n"


def read(data: bytes, **kwargs):
    return read_manifest(data, today=TODAY, **kwargs)


def codes(reading) -> set[str]:
    return {problem.code for problem in reading.problems}


def refused(data: bytes) -> str:
    with pytest.raises(ManifestUnreadable) as no:
        read(data)
    assert no.value.problem.why.zh and no.value.problem.do.en
    return no.value.problem.code


def a_traveller(number: int, **changes) -> Traveller:
    fields = {
        "number": number,
        "surname": "TESTWANG",
        "given": f"P{chr(65 + number % 26)}{chr(65 + number // 26)}",
        "sex": "F",
        "birth": date(1985, 4, 30),
        "nationality": "CHN",
        "document": Document("P", f"EZ{number:07}", date(2027, 8, 12), "CHN"),
        "seat": f"{number % 50 + 1}{'ABCDEF'[number // 50]}",
        "pnr": f"ZZ{number:04}",
    }
    return Traveller(**{**fields, **changes})


@pytest.mark.parametrize("name", MESSAGES)
def test_a_reference_message_is_read_as_expected(reference, name):
    folder = reference / "data" / "paxlst"
    reading = read((folder / f"{name}.edi").read_bytes())
    expected = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(reading.as_paxlst_dict())) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_sheet_is_read_in_any_encoding_and_separator(encoding, separator):
    reading = read(CSV.replace(",", separator).encode(encoding))
    assert [t.name_zh for t in reading.travellers] == ["王丽华", "赵启明"]
    assert reading.travellers[1].birth == date(1986, 2, 3) and all(t.readable for t in reading.travellers)


def test_the_guessed_columns_can_be_put_right():
    text = "A,B,证件号码\n王丽华,1985-04-30,EZ0000001\n"
    reading = read(text.encode(), mapping={"name": "A", "birth": "B"})
    assert reading.travellers[0].birth == date(1985, 4, 30) and reading.mapping["name"] == "A"


def test_every_row_is_a_traveller_readable_or_not():
    reading = read((CSV + ",,,,,\n李,女,1985-02-30,CHN,,\n").encode())
    assert reading.rows == len(reading.travellers) and len(reading.readable) == 2
    assert "INVALID_DATE" in codes(reading)


def test_problems_name_line_field_and_remedy():
    reading = read((CSV + "李四,女,1985-02-30,CHN,EZ3,35A\n").encode())
    (problem,) = [p for p in reading.problems if p.code == "INVALID_DATE"]
    assert problem.line == 4 and problem.field == "birth" and problem.do.zh and problem.do.en


def test_a_mended_file_of_failed_rows_reads_clean():
    reading = read((CSV + "李四,女,1985-02-30,CHN,,35A\n").encode())
    failed = problems_csv(reading).decode("utf-8-sig")
    assert "李四" in failed and "王丽华" not in failed
    mended = read(failed.replace("1985-02-30", "1985-02-28").encode())
    assert mended.travellers[0].birth == date(1985, 2, 28)


def test_formulas_stay_text_and_are_said():
    reading = read((CSV + "=HYPERLINK(1),女,1985-02-03,CHN,EZ3,35A\n").encode())
    assert "FORMULA_TEXT" in codes(reading)


def test_a_resident_id_with_a_wrong_check_digit_is_said():
    reading = read("姓名,身份证号\n王丽华,140105198504300017\n".encode())
    assert "RESIDENT_ID_CHECK" in codes(reading)


def test_duplicate_rows_and_documents_are_said():
    assert "DUPLICATE_ROW" in codes(read((CSV + CSV.splitlines()[1] + "\n").encode()))
    assert "DUPLICATE_DOCUMENT" in codes(read((CSV + "李四,女,1990-01-02,CHN,EZ0000001,35A\n").encode()))


def a_workbook(*rows) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_with_its_dates():
    reading = read(a_workbook(["姓名", "出生日期", "证件号码"], ["王丽华", datetime(1985, 4, 30), "EZ1"]))
    assert reading.format == "xlsx" and reading.travellers[0].birth == date(1985, 4, 30)


def test_an_id_whose_digits_the_sheet_has_lost_is_not_taken():
    reading = read(a_workbook(["姓名", "身份证号"], ["王丽华", 140105198504300000]))
    assert "LOST_DIGITS" in codes(reading) and not reading.travellers[0].readable


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"),
        (b"   \r\n", "EMPTY"),
        (b"%PDF-1.7 x", "WRONG_TYPE"),
        (b"\x89PNG\r\n", "WRONG_TYPE"),
        (b"PK\x03\x04broken", "BROKEN_ARCHIVE"),
        (b"\x00\x01\x02" * (17 * 1024 * 1024), "TOO_LARGE"),
    ],
)
def test_a_file_of_no_use_is_refused_with_a_remedy(data, code):
    assert refused(data) == code


def test_a_workbook_cut_off_is_refused():
    whole = write_xlsx([a_traveller(1)])
    assert refused(whole[: len(whole) // 2]) == "BROKEN_ARCHIVE"


def test_a_sheet_at_the_limit_of_its_format_is_refused():
    """INQ-18: 15,841 cases were once dropped in silence by such a limit."""
    row = "王丽华,女,1985-04-30,中国,EZ0000001,34F\n"
    assert refused((CSV.splitlines()[0] + "\n" + row * 65_535).encode()) in ("ROW_LIMIT", "TOO_MANY_ROWS")


@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data):
    try:
        assert read(data).rows >= 0
    except ManifestUnreadable as no:
        assert no.problem.why.zh


@given(st.text(alphabet="UNAHBGMTDLOCNADFL+:?'.0123456789 \n", max_size=300))
def test_any_text_like_a_message_gets_an_answer(text):
    try:
        read(("UNA:+.? '" + text).encode())
    except ManifestUnreadable as no:
        assert no.problem.do.en


@given(st.integers(0, 1400))
def test_a_message_cut_anywhere_loses_nothing_in_silence(length):
    whole = write_paxlst([a_traveller(n) for n in range(4)], flight="HU7976", prepared=datetime(2020, 3, 21, 9))
    cut = whole[:length]
    try:
        reading = read(cut)
    except ManifestUnreadable:
        return
    assert len(reading.travellers) == 4 or reading.problems


names = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12)
travellers = st.lists(
    st.builds(
        Traveller,
        number=st.just(0),
        surname=names,
        given=names,
        sex=st.sampled_from(["F", "M"]),
        birth=st.dates(date(1930, 1, 1), date(2019, 12, 31)),
        nationality=st.sampled_from(["CHN", "CAN", "GBR"]),
        document=st.builds(Document, st.just("P"), st.from_regex(r"[A-Z]{2}[0-9]{7}", fullmatch=True)),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda t: (t.document.number, t.surname),
)
KEPT = ("surname", "given", "sex", "nationality")


@pytest.mark.parametrize("form", ["paxlst", "csv", "xlsx"])
@given(written=travellers)
def test_what_is_written_is_read_again(form, written):
    if form == "paxlst":
        data = write_paxlst(written, flight="HU7976", prepared=datetime(2020, 3, 21, 9))
    else:
        data = (write_csv if form == "csv" else write_xlsx)(written, flight="HU7976")
    back = read(data).travellers
    assert [[getattr(t, k) for k in KEPT] for t in back] == [[getattr(t, k) for k in KEPT] for t in written]
    assert [t.document.number for t in back] == [t.document.number for t in written]


def test_four_hundred_passengers_are_read_whole():
    data = write_paxlst([a_traveller(n) for n in range(299)], flight="HU7976", prepared=datetime(2020, 3, 21, 9))
    reading = read(data)
    assert len(reading.readable) == 299 and reading.control_total == 299
