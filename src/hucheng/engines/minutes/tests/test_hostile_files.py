"""Files that are no minutes, or minutes made to hurt: refused in both languages, or read; never a crash."""

import io
import random
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.engines import minutes
from hucheng.engines.minutes.files import FEWEST_LEGIBLE, MOST_BYTES, legibility

TEXT = "市疫情防控工作领导小组第四十三次会议召开。会议强调，要严格落实集中隔离措施，3月25日前完成征用。"


def a_docx(text: str = TEXT, *, extra: dict[str, bytes] | None = None, document: bytes | None = None) -> bytes:
    """A Word document; `extra` parts are added, `document` takes the place of the text's own part."""
    from docx import Document

    made, plain = Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(plain)
    if not extra and document is None:
        return plain.getvalue()
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as box, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in box.infolist():
            own = document if entry.filename == "word/document.xml" and document is not None else box.read(entry)
            copy.writestr(entry.filename, own)
        for name, content in (extra or {}).items():
            copy.writestr(name, content)
    return out.getvalue()


DOCX = a_docx()


def word_xml(text: str = TEXT) -> bytes:
    with zipfile.ZipFile(io.BytesIO(a_docx(text))) as box:
        return box.read("word/document.xml")


def refused(data: bytes, name: str = "x.docx") -> minutes.DocumentUnreadable:
    with pytest.raises(minutes.DocumentUnreadable) as no:
        minutes.read_file(data, name)
    for part in (no.value.why, no.value.do):
        assert part.zh and part.en and part.zh != part.en
    return no.value


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "x.txt"),
        (b" \r\n\t ", "x.txt"),
        (b"\xef\xbb\xbf", "x.txt"),
        (b"%PDF-1.7\n1 0 obj", "x.txt"),
        (b"\xd0\xcf\x11\xe0" + bytes(2000), "x.doc"),
        (b"PK\x03\x04", "x.docx"),
        (b"PK\x05\x06" + bytes(18), "x.docx"),
        (TEXT.encode(), "x.docx"),
        (TEXT.encode(), "x.pdf"),
        (bytes(5000), "x.txt"),
        (TEXT.encode() + b"\x00", "x.txt"),
        (random.Random(3).randbytes(200_000), "x.txt"),
        ("漢".encode() * 3 + b"\xff" * 400, "x.txt"),
        (b"<html><script>alert(1)</script></html>", "x.html"),
    ],
)
def test_what_holds_no_text_is_refused(data, name):
    refused(data, name)


def test_50_megabytes_are_refused_at_once():
    noise = b"PK" + random.Random(1).randbytes(50 * 1024 * 1024)
    start = time.perf_counter()
    assert "20 MB" in refused(noise).why.en
    assert time.perf_counter() - start < 1 and len(noise) > MOST_BYTES


def test_an_archive_that_would_unpack_to_far_too_much_is_not_unpacked():
    start = time.perf_counter()
    assert "unpacks" in refused(a_docx(extra={"word/media/x.bin": bytes(210 * 1024 * 1024)})).why.en
    assert time.perf_counter() - start < 8


def test_a_workbook_or_any_other_archive_is_no_minutes():
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("xl/workbook.xml", "<w/>")
    refused(box.getvalue())


@pytest.mark.parametrize(
    "entities",
    [
        '<!DOCTYPE d [<!ENTITY a "会议"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    ],
)
def test_entities_of_a_document_are_never_expanded(entities):
    head, body = word_xml().split(b"?>", 1)
    mark = TEXT[:4].encode()
    document = head + b"?>" + entities.encode() + body.replace(mark, mark + b"&x;")
    start = time.perf_counter()
    try:
        text = minutes.read_file(a_docx(document=document), "x.docx")
    except minutes.DocumentUnreadable as no:
        text = no.do.zh
    assert "root:" not in text and text.count("会议") <= TEXT.count("会议") + 1
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_gives_the_same_text(encoding, breaks):
    said = TEXT.replace("。", f"。{breaks}")
    assert minutes.read_file(said.encode(encoding), "x.txt") == TEXT.replace("。", "。\n")


def test_a_document_a_page_and_a_text_give_the_same_words():
    page = f"<!doctype html><html><head><title>x</title><style>p{{}}</style></head><body><p>{TEXT}</p></body></html>"
    for data, name in ((a_docx(), "x.docx"), (TEXT.encode(), "x.txt"), (page.encode(), "x.html")):
        assert TEXT in minutes.read_file(data, name)


def test_a_table_of_a_document_is_read_in_its_place():
    from docx import Document

    made, out = Document(), io.BytesIO()
    made.add_paragraph("会议听取汇报")
    made.add_table(1, 2).rows[0].cells[1].text = "责任单位：市教育局"
    made.add_paragraph("会议强调")
    made.save(out)
    text = minutes.read_file(out.getvalue(), "x.docx")
    assert text.index("听取") < text.index("市教育局") < text.index("强调")


@given(chance=st.randoms(use_true_random=False), kind=st.sampled_from(["docx", "txt", "gb18030", "utf-16", "html"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_damaged_anywhere_is_read_or_refused(chance, kind):
    whole = {
        "docx": DOCX,
        "txt": TEXT.encode(),
        "gb18030": TEXT.encode("gb18030"),
        "utf-16": TEXT.encode("utf-16"),
        "html": f"<html><p>{TEXT}</p></html>".encode(),
    }[kind]
    data = bytearray(whole)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(len(data)) if data else 0
        match chance.randrange(3):
            case 0 if data:
                data[place] = chance.randrange(256)
            case 1:
                del data[place:]
            case _:
                data[place:place] = chance.randbytes(chance.randint(1, 9))
    try:
        text = minutes.read_file(bytes(data), "x.docx" if kind == "docx" else f"x.{kind}")
    except minutes.DocumentUnreadable as no:
        assert no.why.zh and no.do.en
    else:
        assert text.strip() and "\x00" not in text and legibility(text) >= FEWEST_LEGIBLE
        minutes.read(text)


@given(st.binary(max_size=400), st.sampled_from(["x.txt", "x.html", "x", "x.docx", "纪要.TXT", ".", "x.htm"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_under_any_name_are_read_or_refused(data, name):
    try:
        assert minutes.read_file(data, name).strip()
    except minutes.DocumentUnreadable as no:
        assert no.why.en


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_its_places_point_into_what_was_sent(text):
    read = minutes.read(text)
    for one in read.directives:
        assert read.clean_text[one.start : one.end] == one.text_clean


def test_a_meeting_that_demands_nothing_is_read_and_has_no_directives():
    """A meeting without a single demand crashed the reading."""
    read = minutes.read("3月20日，市疫情防控工作领导小组召开第四十二次会议。会议听取了汇报。")
    assert read.directives == () and read.meeting.number == 42
