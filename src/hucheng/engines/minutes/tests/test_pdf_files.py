"""PDF as input: the text layer as running text; scans, locked, broken and swollen files are refused with a way out."""

import io
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from hucheng.engines import minutes
from hucheng.engines.minutes.pdf_text import MOST_PAGES

FONTS = Path(minutes.__file__).parents[1] / "papers" / "fonts"
SYSTEM = Path("/usr/share/fonts")
PARTS = [
    "5月6日，岚河市防疫领导小组召开第十二次会议，市委书记林砚主持。会议听取了各县（市、区）工作情况汇报，研究部署下一步工作。",
    "会议强调，各县（市、区）要备足集中隔离房间和医疗物资，逐一核对国际航班旅客名单，3月10日前完成。" * 9,
    "一、开学复学",
    "逐校验收食堂，制定完善开学方案和应急预案，确保师生健康安全。",
]


@pytest.fixture(scope="module")
def font() -> None:
    if not any(FONTS.glob("*.[to]tf")) and not any(SYSTEM.rglob("*CJK*")):
        pytest.skip("no font with Chinese characters here: run script/setup")


def set_in_type(source: str, **data: object) -> bytes:
    """A PDF of a source of Typst; `data` stands in `sys.inputs` as texts."""
    import typst

    return typst.compile(
        source.encode(), font_paths=[str(FONTS)], sys_inputs={key: str(one) for key, one in data.items()}
    )


PAGE = """
#set page(width: 150mm, height: 90mm, margin: 18mm, header: [岚河市会议纪要 第 #context counter(page).display() 期],
  footer: align(center)[— #context counter(page).display() —])
#set text(font: ("Noto Sans SC", "Noto Sans CJK SC"), size: 11pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#for part in sys.inputs.text.split("|") { par(part) }
"""


def read(data: bytes) -> str:
    return minutes.read_file(data, "x.pdf")


def refused(data: bytes) -> minutes.DocumentUnreadable:
    with pytest.raises(minutes.DocumentUnreadable) as no:
        read(data)
    for part in (no.value.why, no.value.do):
        assert part.zh and part.en and part.zh != part.en
    return no.value


BARE = PAGE.replace("header:", "header-ascent: 0pt, ").replace(
    "[岚河市会议纪要 第 #context counter(page).display() 期],", ""
)


@pytest.fixture(scope="module")
def printed(font) -> bytes:
    return set_in_type(PAGE, text="|".join(PARTS))


def test_broken_lines_are_joined_over_pages_and_heads_and_numbers_of_pages_are_gone(printed):
    assert len(PdfReader(io.BytesIO(printed)).pages) > 2
    assert read(printed) == "\n".join(PARTS)


def test_what_is_printed_is_read_like_the_text_itself(printed):
    ours, theirs = minutes.read(read(printed)), minutes.read("\n".join(PARTS))
    assert ours.as_dict() == theirs.as_dict() and len(ours.directives) > 5


def test_a_short_line_ends_its_paragraph_and_the_next_is_not_joined_to_it(font):
    parts = ["会议要求如下", "要备足物资", "要核对名单"]
    assert read(set_in_type(BARE, text="|".join(parts))) == "\n".join(parts)


def test_a_list_that_hangs_behind_its_label_is_one_paragraph(font):
    source = BARE.split("#for")[0] + "#par(first-line-indent: 0pt, hanging-indent: 6em, sys.inputs.text)"
    text = "出席：" + "、".join(f"林砚{at}（市委书记）" for at in range(12))
    assert read(set_in_type(source, text=text)) == text


def test_english_lines_are_joined_with_spaces_and_over_hyphens(font):
    source = '#set page(width: 80mm, height: auto)\n#set text(lang: "en", hyphenate: false)\n#par(sys.inputs.text)'
    text = (
        "The leading group met on 6 May and required every county to check the lists of passengers within three days."
    )
    assert read(set_in_type(source, text=text)) == text
    hyphenated = (
        source.replace("false", "true").replace("80mm", "48mm").replace("#par", "#set par(justify: true)\n#par")
    )
    assert "passengers" in read(set_in_type(hyphenated, text=text))


def test_spaces_between_names_stay(font):
    text = "出席人员：林砚 周清越 何远舟。"
    assert read(set_in_type(BARE, text=text)) == text


def test_a_pdf_without_text_is_said_to_be_a_scan_and_paste_is_offered():
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(out)
    no = refused(out.getvalue())
    assert "扫描" in no.why.zh and "粘贴" in no.do.zh and "aste" in no.do.en


def locked(printed: bytes, password: str) -> bytes:
    writer, out = PdfWriter(clone_from=io.BytesIO(printed)), io.BytesIO()
    writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_pdf_is_refused_and_one_locked_only_against_printing_is_read(printed):
    assert "加密" in refused(locked(printed, "secret")).why.zh
    assert read(locked(printed, "")) == "\n".join(PARTS)


def raw_pdf(stream: bytes, *, filters: bytes = b"/FlateDecode") -> bytes:
    """A PDF of one page written by hand, its content the stream."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(stream), filters, stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    )


def test_a_pdf_written_by_hand_is_read():
    assert read(raw_pdf(zlib.compress(b"BT /F 12 Tf 20 100 Td (The meeting was held today.) Tj ET"))) == (
        "The meeting was held today."
    )


def test_a_pdf_that_unpacks_to_far_too_much_is_refused():
    bomb = zlib.compress(zlib.compress(bytes(80_000_000), 1), 1)
    assert "过大" in refused(raw_pdf(bomb, filters=b"[/FlateDecode/FlateDecode]")).why.zh


def test_a_pdf_of_too_many_pages_is_refused():
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(MOST_PAGES + 1):
        writer.add_blank_page(10, 10)
    writer.write(out)
    assert "页数" in refused(out.getvalue()).why.zh


def test_a_page_that_draws_itself_does_not_hang():
    stream = zlib.compress(b"/X Do BT /F 12 Tf (a) Tj ET")
    looped = raw_pdf(stream).replace(b"<</Font<</F 5 0 R>>>>", b"<</XObject<</X 4 0 R>>>>")
    refused(looped)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_pdf_cut_off_is_refused_or_read_never_a_crash(printed, share):
    try:
        read(printed[: int(len(printed) * share)])
    except minutes.DocumentUnreadable as no:
        assert no.do.zh


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_a_spoiled_pdf_is_refused_or_read_never_a_crash(data):
    spoiled = bytearray(raw_pdf(zlib.compress(b"BT /F 12 Tf 20 100 Td (The meeting was held.) Tj ET")))
    for _spot in range(data.draw(st.integers(1, 8))):
        spoiled[data.draw(st.integers(9, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(spoiled))
    except minutes.DocumentUnreadable as no:
        assert no.do.zh
