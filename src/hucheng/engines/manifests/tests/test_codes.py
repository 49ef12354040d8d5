"""Every kind of problem of the catalogue arises from some file, with a place and the weight that it claims."""

import json
from datetime import date

import pytest

from hucheng.engines.manifests import (
    ManifestUnreadable,
    merge,
    read_bcbp,
    read_manifest,
    read_messages,
    read_mrz,
    stream_manifest,
    write_xlsx,
)
from hucheng.engines.manifests.catalogue import catalogue
from hucheng.engines.manifests.table import MAX_ROWS
from hucheng.engines.manifests.tests.strategies import TODAY, csv_of, resident_id, workbook
from hucheng.engines.manifests.tests.test_bcbp import DOUBLE, SINGLE
from hucheng.engines.manifests.tests.test_hostile import OLE, archive
from hucheng.engines.manifests.tests.test_merge import a_pass, listed, person
from hucheng.engines.manifests.tests.test_mrz import FIRST, LONG, SECOND
from hucheng.engines.manifests.tests.test_paxlst import GOOD
from hucheng.engines.manifests.tests.test_paxlst_frame import interchange, part
from hucheng.engines.manifests.tests.test_sheets import HEADER, ROWS

GOOD_ID = resident_id(date(1988, 1, 12))
WRONG_ID = GOOD_ID[:17] + ("0" if GOOD_ID[17] != "0" else "1")


def sheet(*rows: str, header: str = HEADER) -> bytes:
    return csv_of(header, *rows)


def message(old: bytes, new: bytes) -> bytes:
    return GOOD.replace(old, new)


def locked() -> bytes:
    """Give an archive that says of its entries that they are locked."""
    data = bytearray(archive(xl__workbook=b"<w/>"))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


FILES = {
    "EMPTY": b"",
    "TOO_LARGE": b"A" * (21 * 1024 * 1024),
    "WRONG_TYPE": b"%PDF-1.7",
    "OLD_EXCEL": OLE,
    "PASSWORD": locked(),
    "BROKEN_ARCHIVE": b"PK\x03\x04",
    "ZIP_BOMB": archive(xl__workbook=b"<w/>", xl__worksheets__sheet1=bytes(310 * 1024 * 1024)),
    "ROW_LIMIT": b"Name,Passport\n" + b"A,1\n" * 65_535,
    "TOO_MANY_ROWS": b"Name,Passport\n" + b"A,1\n" * (MAX_ROWS + 1),
    "BAD_ENCODING": bytes(range(128, 256)) * 20,
    "NO_ROWS": b"Name,Passport\n",
    "NO_PERSONS": GOOD[: GOOD.index(b"NAD+FL")],
    "UNKNOWN_COLUMNS": b"only words, no list",
    "OTHER_SHEETS": None,
    "MANY_FLIGHTS": sheet("A,1,HU1", "B,2,HU2", header="Name,Passport,Flight"),
    "TRUNCATED": GOOD[:-10],
    "CUT_OFF": GOOD[: GOOD.index(b"DTM+36")],
    "UNT_COUNT": message(b"UNT+18", b"UNT+99"),
    "CNT_MISMATCH": message(b"CNT+42:2", b"CNT+42:9"),
    "ENVELOPE_COUNT": message(b"UNZ+1", b"UNZ+2"),
    "PART_MISSING": interchange(part(1, "C"), part(3, "F")),
    "NOT_ABOARD": message(b"BGM+745", b"BGM+266+CLNB"),
    "BAD_SEGMENT": message(b"RFF+SEA:34F", b"ZZZ+1"),
    "UNKNOWN_PERSON_KIND": message(b"NAD+FL+++TESTWANG", b"NAD+QQ+++TESTWANG"),
    "NO_NAME": sheet(",女,1985-01-01,EZ1,1A", ROWS[0]),
    "NO_IDENTITY": sheet("TEST,女,,,1A"),
    "INVALID_DATE": sheet("TEST,女,1985-02-30,EZ1,1A"),
    "AMBIGUOUS_DATE": sheet("TEST,女,03/04/1985,EZ1,1A"),
    "FUTURE_BIRTH": sheet("TEST,女,2021-01-01,EZ1,1A"),
    "IMPLAUSIBLE_AGE": sheet("TEST,女,1850-01-01,EZ1,1A"),
    "BAD_SEX": sheet("TEST,?!,1985-01-01,EZ1,1A"),
    "BAD_KIND": sheet("A,1,pilot", header="Name,Passport,Kind"),
    "BAD_BAGS": sheet("A,1,two", header="Name,Passport,Bags"),
    "BAD_NATIONALITY": sheet("A,1,Atlantis", header="Name,Passport,Nationality"),
    "BAD_FLAG": sheet("A,1,maybe", header="Name,Passport,Verified"),
    "LOST_DIGITS": workbook(["姓名", "身份证号"], ["王丽华", 140105198801120015]),
    "NUMERIC_DOCUMENT": workbook(["姓名", "护照号"], ["王丽华", 7]),
    "FORMULA_TEXT": sheet("=cmd|x,女,1985-01-01,EZ1,1A"),
    "ROW_SHORT": sheet("TEST,女,1985-01-01"),
    "ROW_LONG": sheet("TEST,女,1985-01-01,EZ1,1A,extra"),
    "UNCLOSED_QUOTE": sheet('"TEST,女,1985-01-01,EZ1,1A'),
    "RESIDENT_ID_FORM": sheet("王丽华,12345", header="姓名,身份证号"),
    "RESIDENT_ID_DATE": sheet("王丽华,14010519880230001X", header="姓名,身份证号"),
    "RESIDENT_ID_CHECK": sheet(f"王丽华,{WRONG_ID}", header="姓名,身份证号"),
    "RESIDENT_ID_BIRTH": sheet(f"王丽华,{GOOD_ID},1988-01-13", header="姓名,身份证号,出生日期"),
    "DUPLICATE_ROW": sheet(ROWS[0], ROWS[0]),
    "DUPLICATE_DOCUMENT": message(b"EZ2", b"EZ1"),
    "DUPLICATE_RESIDENT_ID": sheet(f"王一,{GOOD_ID}", f"王二,{GOOD_ID}", header="姓名,身份证号"),
    "SHARED_SEAT": sheet(ROWS[0], "OTHER,男,1990-01-03,EZ9,34F"),
    "BAD_JSON": b'[{"surname": }]',
    "BAD_RECORD": b'[{"surname": "X", "birth": "1985-04-30"}, {}]',
    "PASS_ONLY": SINGLE.encode(),
    "OTHER_FLIGHT": "\n".join([SINGLE, SINGLE, SINGLE.replace("0834", "0999")]).encode(),
    "MRZ_REST": f"{FIRST}\n{SECOND}\n\n{FIRST}".encode(),
}
PASSES = {
    "BCBP_FORM": "M",
    "BCBP_LEGS": "M2" + SINGLE[2:],
    "BCBP_SIZE": SINGLE[:-2] + "ZZ",
    "BCBP_CUT": DOUBLE[:-40],
    "BCBP_DAY": SINGLE.replace(" 226F", " 367F"),
    "BCBP_REST": SINGLE + "XYZ",
}
ZONES = {
    "MRZ_LINES": [FIRST],
    "LENGTH_LINE1": [FIRST[:-1], SECOND],
    "LENGTH_LINE2": [FIRST, SECOND[:-1]],
    "LENGTH_LINE3": [*LONG[:2], LONG[2][:-1]],
    "MRZ_CHARACTER": [FIRST.replace("A", "Ä"), SECOND],
    "CHECK_DIGIT_DOCUMENT": [FIRST, SECOND.replace("L898902C3", "L898902C4")],
    "CHECK_DIGIT_BIRTH": [FIRST, SECOND.replace("7408122", "7408123")],
    "CHECK_DIGIT_EXPIRY": [FIRST, SECOND.replace("1204159", "1204158")],
    "CHECK_DIGIT_PERSONAL": [FIRST, SECOND.replace("<<<<<10", "<<<<<20")],
    "CHECK_DIGIT_COMPOSITE": [FIRST, SECOND[:-1] + "9"],
    "INVALID_DATE_BIRTH": [FIRST, SECOND.replace("7408122", "7413122")],
    "INVALID_DATE_EXPIRY": [FIRST, SECOND.replace("1204159", "1204319")],
}
OTHERS = {"MAPPED_COLUMN_MISSING", "MERGE_FLIGHT", "MERGE_AMBIGUOUS", "NOT_ON_LIST", "WHOLE_ONLY", "OTHER_SHEETS"}


def met(data: bytes, **options) -> dict:
    """Give the problems of a file by code, those of a refusal included."""
    try:
        return {one.code: one for one in read_manifest(data, today=TODAY, **options).problems}
    except ManifestUnreadable as no:
        return {no.problem.code: no.problem}


@pytest.mark.parametrize("code", [code for code, data in FILES.items() if data is not None])
def test_a_file_has_the_problem_with_its_weight_and_words(code):
    found = met(FILES[code])[code]
    entry = catalogue()[code]
    assert found.fatal is entry.fatal and all((found.why.zh, found.why.en, found.do.zh, found.do.en))
    assert "{" not in found.why.zh + found.why.en + found.do.zh + found.do.en
    if found.person is not None:
        assert found.line > 0


@pytest.mark.parametrize("code", PASSES)
def test_a_pass_has_the_problem(code):
    assert code in [one.code for one in read_bcbp(PASSES[code], today=date(2016, 8, 14)).problems]


@pytest.mark.parametrize("code", ZONES)
def test_a_zone_has_the_problem_and_no_other(code):
    assert [one.code for one in read_mrz(ZONES[code], today=TODAY).problems] == [code]


def test_a_column_asked_for_that_is_not_there():
    assert "MAPPED_COLUMN_MISSING" in met(sheet(*ROWS), mapping={"seat": "没有"})


def test_a_second_sheet_with_a_list():
    from io import BytesIO

    from openpyxl import load_workbook

    book, stream = load_workbook(BytesIO(workbook(["姓名", "护照号"], ["王丽华", "EZ1"]))), BytesIO()
    book.copy_worksheet(book.active)
    book.save(stream)
    assert "OTHER_SHEETS" in met(stream.getvalue())


def test_what_merging_meets():
    a, b = (person(1, document=None, pnr=pnr, birth=date(1980, 1, 1)) for pnr in ("A", "B"))
    passes = read_manifest(a_pass(person(5), "50C").encode(), today=TODAY)
    told = merge([listed(a, b), listed(replaced(a)), passes, listed(a, flight="CA910")]).problems
    assert {one.code for one in told} == {"MERGE_AMBIGUOUS", "NOT_ON_LIST", "MERGE_FLIGHT"}


def replaced(one):
    """The same name and birth with a document of its own."""
    return person(1, pnr="C", birth=one.birth, surname=one.surname, given=one.given)


def test_what_cannot_be_streamed():
    from io import BytesIO

    with pytest.raises(ManifestUnreadable) as no:
        list(stream_manifest(BytesIO(write_xlsx([])), today=TODAY))
    assert no.value.problem.code == "WHOLE_ONLY"


def test_no_kind_of_problem_is_left_without_a_file():
    assert set(FILES) | set(PASSES) | set(ZONES) | OTHERS == set(catalogue())


def test_every_problem_of_a_bad_message_is_plain_data():
    reading = read_manifest(message(b"850430", b"850230"), today=TODAY)
    told = json.loads(json.dumps(reading.as_paxlst_dict()))
    assert [one["code"] for one in told["errors"]] == ["INVALID_DATE"] and told["errors"][0]["value"] == "850230"


def test_a_message_made_on_another_day_is_judged_by_that_day():
    later = message(b"200321:0915", b"300321:0915").replace(b"850430", b"210430")
    assert read_manifest(later, today=TODAY).travellers[0].birth == date(2021, 4, 30)
    assert [one.meta["prepared"] for one in read_messages(later, today=TODAY)] == ["2030-03-21T09:15"]
