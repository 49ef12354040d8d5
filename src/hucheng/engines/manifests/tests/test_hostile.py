"""Files that are no lists: refused fast, with a reason and a remedy in both languages."""

import random
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.manifests import ManifestUnreadable, read_manifest
from hucheng.engines.manifests.catalogue import catalogue
from hucheng.engines.manifests.tests.strategies import TODAY, csv_of, workbook
from hucheng.engines.manifests.tests.test_bcbp import SINGLE
from hucheng.engines.manifests.tests.test_mrz import FIRST, SECOND

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(**files: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        for name, content in files.items():
            box.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(ManifestUnreadable) as refused:
        read_manifest(data, today=TODAY)
    problem = refused.value.problem
    assert problem.fatal and problem.why.zh and problem.why.en and problem.do.zh and problem.do.en
    return problem.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"),
        (b"\xef\xbb\xbf\r\n", "EMPTY"),
        (b"%PDF-1.7 ...", "WRONG_TYPE"),
        (b"\x89PNG\r\n\x1a\n", "WRONG_TYPE"),
        (b"just one column\nof text\n", "WRONG_TYPE"),
        (OLE, "OLD_EXCEL"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "PASSWORD"),
        (archive(word__document=b"<w/>"), "WRONG_TYPE"),
        (archive(xl__workbook=b"<broken"), "BROKEN_ARCHIVE"),
        (b"Name,DOB\n", "NO_ROWS"),
        (bytes(range(128, 256)) * 20, "BAD_ENCODING"),
    ],
)
def test_what_is_no_list_is_refused_with_its_reason(data, code):
    assert refusal(data) == code


def test_a_table_without_a_known_header_asks_for_a_mapping():
    read = read_manifest(b"only words, no list", today=TODAY)
    assert [one.code for one in read.problems] == ["UNKNOWN_COLUMNS"] and not read.travellers


def test_50_megabytes_of_noise_are_refused_at_once():
    noise = random.Random(1).randbytes(50 * 1024 * 1024)
    start = time.perf_counter()
    assert refusal(noise) == "TOO_LARGE"
    assert time.perf_counter() - start < 1.0


def test_noise_of_any_size_is_refused():
    for size in (64, 5_000, 3_000_000):
        assert refusal(b"x" + random.Random(size).randbytes(size)) in ("BAD_ENCODING", "WRONG_TYPE")


def test_an_archive_that_would_flood_the_memory_is_not_opened():
    assert refusal(archive(xl__workbook=b"<w/>", xl__worksheets__sheet1=bytes(310 * 1024 * 1024))) == "ZIP_BOMB"


def test_a_workbook_cut_anywhere_is_refused_or_read():
    data = workbook(["姓名", "出生日期"], ["测试", "1990-01-01"])
    for end in range(0, len(data), 97):
        assert refusal(data[:end]) in ("EMPTY", "BROKEN_ARCHIVE", "WRONG_TYPE")


def test_a_workbook_with_one_byte_changed_never_crashes():
    data, chance = bytearray(workbook(["姓名", "出生日期"], ["测试", "1990-01-01"])), random.Random(7)
    for _ in range(150):
        place, was = chance.randrange(len(data)), 0
        was, data[place] = data[place], chance.randrange(256)
        try:
            assert read_manifest(bytes(data), today=TODAY).rows >= 0
        except ManifestUnreadable as refused:
            assert refused.problem.code in catalogue()
        data[place] = was


def test_an_open_quotation_mark_swallows_nothing_in_silence():
    read = read_manifest(csv_of("姓名,出生日期,护照号", '测试一,1990-01-01,"EZ1', "测试二,1990-01-02,EZ2"), today=TODAY)
    assert "UNCLOSED_QUOTE" in [one.code for one in read.problems] and not read.readable


def test_a_row_cut_at_the_end_waits_for_mending():
    data = csv_of("姓名,出生日期,护照号", "测试一,1990-01-01,EZ1", "测试二,1990-01-02,EZ2")
    read = read_manifest(data[:-6], today=TODAY)
    assert read.rows == 2 and read.travellers[0].readable
    cut = read_manifest(data[: data.rindex(b",")], today=TODAY)
    assert [one.readable for one in cut.travellers] == [True, False]


@given(st.binary(max_size=600))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data):
    try:
        read = read_manifest(data, today=TODAY)
    except ManifestUnreadable as refused:
        assert refused.problem.do.en
    else:
        assert read.rows == len(read.travellers) or read.problems


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_under_a_header_keeps_every_row(text):
    try:
        read = read_manifest(("Name,DOB,Passport\n" + text).encode("utf-8", "ignore"), today=TODAY)
    except ManifestUnreadable as refused:
        assert refused.problem.code in catalogue()
    else:
        assert read.rows == len(read.travellers) == len(read.readable) + len(read.unreadable) or read.problems


def test_the_catalogue_says_everything_in_both_languages():
    for code, entry in catalogue().items():
        assert all((entry.why.zh, entry.why.en, entry.do.zh, entry.do.en)), code


@pytest.mark.parametrize(
    "data",
    [
        b"UNB+UNOA:4+A+B+200321:0915+1'UNH+1+PAXLST'TDT+20+HU1'" + b"NAD+FL+++A:B'" * 50_001,
        f"{SINGLE}\n".encode() * 50_001,
        f"{FIRST}\n{SECOND}\n".encode() * 50_001,
        b"[" + b'{"a":1},' * 50_000 + b'{"a":1}]',
    ],
    ids=["paxlst", "bcbp", "mrz", "json"],
)
def test_a_list_that_no_flight_has_is_refused_before_it_is_read(data):
    """Twenty megabytes of short records would keep a desk waiting for minutes."""
    start = time.process_time()
    assert refusal(data) == "TOO_MANY_ROWS"
    assert time.process_time() - start < 4.0
