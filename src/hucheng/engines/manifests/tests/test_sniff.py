"""What a file is and in which letters: by its content, never by its name."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.manifests import ManifestUnreadable, read_manifest, write_xlsx
from hucheng.engines.manifests.delimited import lines_of, separator_of
from hucheng.engines.manifests.sniff import MAX_BYTES, SIGNATURES, format_of, is_edifact, text_of
from hucheng.engines.manifests.tests.strategies import TODAY, csv_of
from hucheng.engines.manifests.tests.test_bcbp import SINGLE
from hucheng.engines.manifests.tests.test_mrz import FIRST, LONG, SECOND
from hucheng.engines.manifests.tests.test_paxlst import GOOD
from hucheng.engines.manifests.tests.test_sheets import HEADER, ROWS

CHINESE = "姓名,出生日期,护照号\r\n王丽华,1985-04-30,EZ0000001\r\n"


def refused(work, *arguments) -> str:
    with pytest.raises(ManifestUnreadable) as no:
        work(*arguments)
    return no.value.problem.code


@pytest.mark.parametrize("name", ["list.pdf", "list.xlsx", "", "名单"])
@pytest.mark.parametrize(
    ("data", "form"),
    [
        (GOOD, "paxlst"),
        (csv_of(HEADER, *ROWS), "csv"),
        (write_xlsx([]), None),
        (b'[{"surname": "X", "birth": "1985-04-30"}]', "json"),
        (f"{FIRST}\n{SECOND}".encode(), "mrz"),
        ("\n".join(LONG).encode(), "mrz"),
        (SINGLE.encode(), "bcbp"),
    ],
)
def test_the_content_decides_whatever_the_name(name, data, form):
    try:
        reading = read_manifest(data, name=name, today=TODAY)
    except ManifestUnreadable as no:
        assert form is None and no.problem.code == "NO_ROWS"
    else:
        assert reading.format == form and reading.meta.get("name", "") == name


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_the_letters_of_a_text(encoding, found):
    assert text_of(CHINESE.encode(encoding)) == (CHINESE, found)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_believed(mark, encoding):
    assert text_of(mark + CHINESE.encode(encoding)) == (CHINESE, encoding)


def test_a_letter_cut_at_the_very_end_is_left_out():
    text, encoding = text_of(CHINESE.encode()[:-3] + "华".encode()[:2])
    assert encoding == "utf-8" and text.endswith("EZ000000")


@pytest.mark.parametrize(
    ("level", "letters", "encoding"),
    [("UNOC", "Ü", "latin-1"), ("UNOD", "Ł", "iso8859-2"), ("UNOE", "Я", "iso8859-5"), ("UNOF", "Ω", "iso8859-7")],
)
def test_the_level_of_an_interchange_names_its_letters(level, letters, encoding):
    text = f"UNB+{level}:4+AIR{letters * 3}+CITY'"
    assert text_of(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x81\xff" * 40, "BAD_ENCODING"),
        (b"name\x00\x01\x02\x03" * 40, "BAD_ENCODING"),
        (bytes(range(1, 32)) * 20, "BAD_ENCODING"),
        (b"\x01\x02\x03", "WRONG_TYPE"),
    ],
)
def test_noise_is_not_taken_for_letters(data, code):
    assert refused(text_of, data) == code


@pytest.mark.parametrize("signature", SIGNATURES, ids=SIGNATURES.values())
def test_files_of_other_kinds_are_named(signature):
    with pytest.raises(ManifestUnreadable) as no:
        format_of(signature + b" and more")
    assert no.value.problem.code == "WRONG_TYPE" and SIGNATURES[signature] in no.value.problem.why.en


@pytest.mark.parametrize("size", [MAX_BYTES, MAX_BYTES + 1])
def test_the_limit_of_size_is_exact(size):
    data = b"A" * size
    if size > MAX_BYTES:
        assert refused(format_of, data) == "TOO_LARGE"
    else:
        assert format_of(data) == "text"


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", b"\x00" * 50, codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b"\r\x00\n\x00"]
)
def test_a_file_of_nothing_is_empty(data):
    assert refused(format_of, data) == "EMPTY"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UNA:+.? 'UNB+", True), ("UNB+UNOA", True), ("UNG+PAXLST", True), ("UNH+1", True), ("\r\n UNB+", True),
        ("UNB|UNOA", True), ("UNBELIEVABLE,1", False), ("UNA", False), ("NAD+FL", False), ("Name,UNB+", False),
    ],
)  # fmt: skip
def test_a_message_is_known_by_its_first_segment(text, expected):
    assert is_edifact(text) is expected


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3\n", ";"),
        ("a\tb\n1,2\t3\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("only one column\n", ","),
        ("", ","),
        ("title, of a list\na;b;c\n1;2;3\n4;5;6\n", ";"),
    ],
)
def test_the_separator_is_the_one_most_lines_agree_on(text, separator):
    assert separator_of(text) == separator


@pytest.mark.parametrize(
    ("text", "starts", "problems"),
    [
        ("a,b\n1,2\n", [1, 2], []),
        ('a,b\n"1\n1",2\n3,4\n', [1, 2, 4], []),
        ("a,b\n1,2\n3", [1, 2, 3], ["CUT_OFF"]),
        ("a,b\n1,2\n3,4", [1, 2, 3], []),
        ('a,b\n1,"2\n3,4\n', [1, 2], ["UNCLOSED_QUOTE"]),
        ("a,b\r1,2\r", [1, 2], []),
        ("a,b\n\n1,2\n", [1, 2, 3], []),
    ],
)
def test_rows_keep_the_number_of_their_first_line(text, starts, problems):
    lines = lines_of(text, ",")
    assert [line.number for line in lines] == starts
    assert [code for line in lines for code in line.problems] == problems
    assert not any(line.problems for line in lines[:-1])


@given(st.lists(st.lists(st.text('a1"\n, ;', max_size=5), min_size=2, max_size=4), min_size=1, max_size=5))
def test_rows_that_were_written_are_cut_as_they_were(rows):
    import csv
    import io

    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    cells = [line.cells for line in lines_of(stream.getvalue(), ",")]
    assert cells == [tuple(cell.strip(" \u3000\xa0\r\n") for cell in row) for row in rows]


@given(st.binary(max_size=300))
def test_any_bytes_have_letters_or_a_reason(data):
    try:
        text, encoding = text_of(data)
    except ManifestUnreadable as no:
        assert no.problem.code in ("BAD_ENCODING", "WRONG_TYPE")
    else:
        assert codecs.lookup(encoding) and "\x00" not in text
