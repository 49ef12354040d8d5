"""Workbooks made to hurt: claims of endless sheets, entities, formulas, lies in the archive."""

import random
import re
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.engines.manifests import ManifestUnreadable, read_manifest, write_csv, write_paxlst, write_xlsx
from hucheng.engines.manifests.catalogue import catalogue
from hucheng.engines.manifests.tests.strategies import PREPARED, TODAY, csv_of, travellers, workbook
from hucheng.engines.manifests.workbook import LAST_ROW, MOST_COLUMNS

SHEET = "xl/worksheets/sheet1.xml"
HEADER = ["姓名", "出生日期", "护照号"]
ONE = ["王丽华", "1985-04-30", "EZ0000001"]
END = b"</sheetData>"


def rewritten(change: Callable[[bytes], bytes], *rows: list[object]) -> bytes:
    """A workbook whose sheet was altered behind the back of the program that wrote it."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook(HEADER, *(rows or [ONE])))) as book, zipfile.ZipFile(out, "w", 8) as box:
        for entry in book.infolist():
            content = book.read(entry)
            box.writestr(entry.filename, change(content) if entry.filename == SHEET else content)
    return out.getvalue()


def sized(sheet: bytes, reference: str, *cells: str) -> bytes:
    """The sheet claims another size and holds further cells."""
    claim = f'<dimension ref="{reference}"/>'.encode() if reference else b""
    rows = b"".join(
        f'<row r="{re.sub("[A-Z]", "", c)}"><c r="{c}" t="inlineStr"><is><t>x</t></is></c></row>'.encode()
        for c in cells
    )
    return re.sub(rb"<dimension[^>]*/>", claim, sheet).replace(END, rows + END)


def read_in_time(data: bytes, seconds: float = 4.0):
    start = time.perf_counter()
    try:
        return read_manifest(data, today=TODAY)
    except ManifestUnreadable as refused:
        return refused.problem.code
    finally:
        assert time.perf_counter() - start < seconds


@pytest.mark.parametrize("reference", ["", "A1", "A1:XFD1048576", "A1:C2", "A1:XFD200000"])
def test_what_a_sheet_says_of_its_size_changes_nothing(reference):
    """A file of two kilobytes kept the reader busy for hours; one that said "A1" lost its rows in silence."""
    read = read_in_time(rewritten(lambda sheet: sized(sheet, reference)))
    assert [t.name_zh for t in read.travellers] == ["王丽华"] and not read.problems


def test_a_row_far_below_is_read_in_time():
    read = read_in_time(rewritten(lambda sheet: sized(sheet, "A1:XFD200000", "A200000")))
    assert read.rows == 2 and read.travellers[1].line == 200_000 and not read.travellers[1].readable


def test_a_row_beyond_the_format_is_a_broken_file_not_an_endless_one():
    assert read_in_time(rewritten(lambda sheet: sized(sheet, "", f"A{LAST_ROW}", f"A{10**12}"))) == "BROKEN_ARCHIVE"


def test_cells_far_to_the_right_are_left_aside():
    far = [f"XFD{n}" for n in range(3, 3000)]
    read = read_in_time(rewritten(lambda sheet: sized(sheet, "", *far)))
    assert [t.name_zh for t in read.travellers] == ["王丽华"] and MOST_COLUMNS >= 100


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; <!ENTITY x "y">]>',
    ],
)
def test_entities_are_refused_and_nothing_is_fetched(head):
    def change(sheet: bytes) -> bytes:
        cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>&x;</t></is></c></row>'
        return b'<?xml version="1.0"?>' + head.encode() + sheet.replace(END, cell + END)

    assert read_in_time(rewritten(change)) == "BROKEN_ARCHIVE"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r="])
def test_a_formula_in_a_list_is_text_and_leaves_as_text(sign):
    payload = sign + 'HYPERLINK("http://x","a")'
    data = csv_of("姓名,出生日期,护照号,座位", f'"{payload.replace(chr(34), chr(34) * 2)}",1985-04-30,EZ0000001,11A')
    read = read_manifest(data, today=TODAY)
    assert read.rows == 1
    for write in (write_csv, write_xlsx):
        out = write(read.travellers, flight="HU7976")
        if write is write_csv:
            cells = re.split(r"[,\r\n]", out.decode("utf-8-sig"))
            assert not [cell for cell in cells if cell.lstrip('"').startswith(("=", "@", "\t=", "\r="))]
        else:
            with zipfile.ZipFile(BytesIO(out)) as book:
                assert not any(b"<f>" in book.read(name) for name in book.namelist() if "sheet" in name)


def test_a_formula_cell_of_a_workbook_is_no_name_and_is_not_worked_out():
    data = workbook(HEADER, ['=HYPERLINK("http://x")', "1985-04-30", "EZ0000001"], ONE)
    read = read_manifest(data, today=TODAY)
    assert read.rows == 2 and read.travellers[1].readable


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-8"])
def test_every_usual_encoding_gives_the_same_people(encoding):
    data = csv_of(
        "姓名,出生日期,护照号", "王丽华,1985-04-30,EZ0000001", "欧阳单,1990-01-02,EZ0000002", encoding=encoding
    )
    read = read_manifest(data, today=TODAY)
    assert [t.name_zh for t in read.travellers] == ["王丽华", "欧阳单"] and not read.unreadable


@pytest.mark.parametrize(
    "day", ["1985-02-30", "2100-01-01", "1800-01-01", "2020-03-22", "00000000", "31/31/1985", "不详"]
)
def test_an_impossible_birth_is_never_taken_for_another_day(day):
    read = read_manifest(csv_of("姓名,出生日期,护照号", f"王丽华,{day},EZ0000001"), today=TODAY)
    (one,) = read.travellers
    assert one.birth is None and (one.problems or read.problems), day


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_digit_of_a_resident_id_is_found_anywhere(place):
    from hucheng.engines.manifests.tests.strategies import resident_id

    right = resident_id(TODAY.replace(year=1985))
    wrong = right[:place] + ("1" if right[place] in "0X" else "0") + right[place + 1 :]
    for number, sound in ((right, True), (wrong, False)):
        (one,) = read_manifest(csv_of("姓名,身份证号", f"王丽华,{number}"), today=TODAY).travellers
        assert (not one.problems) == sound, (number, one.problems)


@given(people=travellers(), chance=st.randoms(use_true_random=False), kind=st.sampled_from(["edi", "csv", "xlsx"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_valid_file_damaged_anywhere_is_read_or_refused_and_the_account_holds(people, chance, kind):
    if kind == "edi":
        data = bytearray(write_paxlst(people, flight="HU7976", prepared=PREPARED))
    else:
        data = bytearray((write_csv if kind == "csv" else write_xlsx)(people, flight="HU7976"))
    for _ in range(chance.randint(1, 6)):
        damage(data, chance)
    try:
        read = read_manifest(bytes(data), today=TODAY)
    except ManifestUnreadable as refused:
        assert refused.problem.code in catalogue() and refused.problem.do.zh
        return
    if any(problem.code == "UNKNOWN_COLUMNS" for problem in read.problems):
        assert read.rows and not read.travellers
        return
    assert read.rows == len(read.travellers) == len(read.readable) + len(read.unreadable)
    for problem in (*read.problems, *(p for t in read.travellers for p in t.problems)):
        assert problem.code in catalogue() and problem.why.zh and problem.why.en
    assert all(t.problems for t in read.unreadable)


def damage(data: bytearray, chance: random.Random) -> None:
    """Cut, change, double or drop something."""
    if not data:
        return
    place = chance.randrange(len(data))
    match chance.randrange(5):
        case 0:
            data[place] = chance.randrange(256)
        case 1:
            del data[place:]
        case 2:
            del data[place : place + chance.randint(1, 40)]
        case 3:
            data[place:place] = data[max(0, place - chance.randint(1, 60)) : place]
        case _:
            data[place:place] = chance.choice([b"\x00", b'"', b"'", b"?", b"\xff\xfe", b"\r\n", b"=1+1", b"&x;"])
