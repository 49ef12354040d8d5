"""The PDF measured with a ruler: margins, 22 lines of 28 characters, numbers of pages, days, brackets."""

import pytest

from hucheng.engines.papers import pdf
from hucheng.engines.papers.official import KINDS, official_pdf
from hucheng.engines.papers.official.typeset import TITLE_SIGNS, mark_size, title_lines

from .samples import Line, lines_of, sample

HAN = "疫情防控工作领导小组办公室统筹推进各项任务落实到位"
NEAR = 0.35
"""mm by which a place may differ."""


@pytest.fixture(scope="module", autouse=True)
def font():
    try:
        return pdf._font_folder()
    except pdf.FontMissing:
        pytest.skip("no font with Chinese characters here: run script/setup")


def long_text(signs: int) -> str:
    return (HAN * (signs // len(HAN) + 1))[:signs]


def notice_of(text: str, **changes) -> list[list[Line]]:
    plain = {"opening": "", "sections": [{"paragraphs": [text]}], "attachments": [], "contact": None, **changes}
    return lines_of(official_pdf(sample("notice", **plain)))


@pytest.fixture(scope="module")
def many_pages() -> list[list[Line]]:
    return notice_of(long_text(28 * 60))


def body(page: list[Line]) -> list[Line]:
    return [line for line in page if line.size == 16 and line.y < 262]


@pytest.mark.parametrize("signs", [26, 27, 54, 55])
def test_a_line_holds_28_characters_and_the_29th_wraps(signs):
    """The first line of a paragraph is indented by two, so it holds 26."""
    lines = [line.text for line in body(notice_of(long_text(signs))[0]) if set(line.text) <= set(HAN)]
    text = long_text(signs)
    wanted = [text[:26], text[26:54], text[54:]]
    assert lines[: len([one for one in wanted if one])] == [one for one in wanted if one]


def test_a_page_holds_22_lines_and_the_23rd_turns_it(many_pages):
    second = body(many_pages[1])
    assert len(second) == 22 and all(len(line.text) == 28 for line in second)
    assert body(many_pages[2])


def test_the_type_area_is_156_by_225_mm_with_the_margins_of_the_standard(many_pages):
    lines = body(many_pages[1])
    assert {round(line.x, 1) for line in lines} == {28.0}
    assert lines[0].y - 0.86 * 16 / 72 * 25.4 == pytest.approx(37, abs=NEAR)
    assert lines[-1].y < 297 - 35
    pitches = {round(after.y - before.y, 1) for before, after in zip(lines, lines[1:], strict=False)}
    assert pitches <= {10.2, 10.3}
    assert lines[-1].y - lines[0].y == pytest.approx(21 * 225 / 22, abs=NEAR)


def test_no_line_runs_over_the_right_margin(many_pages):
    """28 characters from 28 mm on, 156/28 mm each, end at 184 mm."""
    short = notice_of(long_text(27), to=[long_text(200)])[0]
    widest = max(len(line.text) for line in body(short))
    assert widest == 28


def test_odd_pages_are_numbered_right_even_ones_left_7_mm_below(many_pages):
    first, second = (next(line for line in page if line.text.startswith("—")) for page in many_pages[:2])
    assert (first.text.replace(" ", ""), second.text.replace(" ", "")) == ("—1—", "—2—")
    assert first.x > 160 and second.x == pytest.approx(28 + 14 / 72 * 25.4, abs=NEAR)
    for line in (first, second):
        assert 262 + 7 < line.y < 262 + 7 + 6


def test_the_day_has_no_leading_zero_and_the_number_its_brackets():
    texts = [line.text for page in notice_of("甲") for line in page]
    assert "2021年3月4日" in texts and "岚防指办发〔2021〕7号" in texts
    assert not any("03月" in text or "[2021]" in text or "第7号" in text for text in texts)


def test_the_red_mark_stands_35_mm_below_the_type_area_and_the_number_two_lines_below():
    page = notice_of("甲")[0]
    mark = next(line for line in page if line.text.endswith("文件"))
    number = next(line for line in page if line.text.endswith("7号"))
    height = mark.size / 72 * 25.4
    assert mark.y - height * 0.95 <= 37 + 35 <= mark.y - height * 0.6
    assert number.y - mark.y == pytest.approx(3 * 225 / 22, abs=6)


def test_the_title_is_of_size_two_in_even_lines_and_the_addressee_a_line_below():
    page = notice_of("甲")[0]
    title = [line for line in page if line.size == 22]
    assert [line.text for line in title] == ["关于做好春季学期开学复学准备和", "境外返回人员集中隔离工作的通知"]
    addressee = next(line for line in page if line.text.endswith("："))
    assert addressee.x == pytest.approx(28, abs=NEAR)
    assert addressee.y - title[-1].y == pytest.approx(2 * 225 / 22, abs=4)


def test_with_a_seal_the_day_stands_four_characters_in_and_the_name_centred_over_it():
    found = notice_of("甲", issuer="岚河市教育局", printed_by="", copies=[])[0]
    name = next(line for line in found if line.text == "岚河市教育局")
    day = next(line for line in found if line.text == "2021年3月4日")
    assert 184 - 4 * 156 / 28 - day.x > 20
    centre = name.x + 6 * 156 / 28 / 2
    assert centre == pytest.approx((day.x + 184 - 4 * 156 / 28) / 2, abs=1.5)


def test_without_a_seal_the_name_stands_two_characters_in_and_the_day_two_behind_its_beginning():
    found = notice_of("甲", issuer="岚河市疫情防控办", sealed=False, printed_by="", copies=[])[0]
    name, day = (next(line for line in found if line.text == text) for text in ("岚河市疫情防控办", "2021年3月4日"))
    assert day.x - name.x == pytest.approx(2 * 156 / 28, abs=1)


@pytest.mark.parametrize("lines", range(8, 15))
def test_a_signature_never_stands_alone_on_a_page(lines):
    pages = notice_of(long_text(28 * lines), copies=[], printed_by="")
    assert any(line.text == "特此通知。" for line in pages[-1])


def test_a_letter_has_its_mark_30_mm_from_the_edge_and_no_number_on_its_first_page():
    (first,) = lines_of(official_pdf(sample("supervision", copies=[])))
    mark = first[0]
    height = mark.size / 72 * 25.4
    assert mark.y - height * 0.95 <= 30 <= mark.y - height * 0.6
    assert not any(line.text.startswith("—") for line in first)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_is_set_with_all_its_words(kind):
    pages = lines_of(official_pdf(sample(kind)))
    text = "".join(line.text for page in pages for line in page)
    wanted = {
        "minutes": [
            "会议纪要",
            "第43次",
            "出席：林砚（市委书记）、周清越（市长）",
            "请假：何远舟",
            "记录：苏禾",
            "抄送：",
        ],
        "notice": ["一、筑牢防线", "（一）落实属地责任", "1.登记", "二、做好开学准备", "附件：1.集中隔离点名单"],
        "supervision": ["督办函", "市教育局：", "应于2021年3月10日前完成", "请于2021年3月14日前"],
        "report": ["加急", "签发人：林砚", "截至2021年3月11日", "1,204", "特此报告。"],
        "requisition": ["关于征用云栖酒店的决定", "第十二条", "120", "依法给予补偿"],
        "attendance": ["第四十三次会议签到表", "一、主会场", "二、东湖区分会场", "市委书记"],
        "handover": ["入境旅客交接单", "移交人（签字）：", "12A", "1人"],
    }
    for words in wanted[kind]:
        assert words in text.replace(" ", ""), words


def test_a_long_mark_is_set_smaller_so_that_it_stays_one_line():
    assert mark_size("市") == 44 and mark_size("疫" * 44) == 10
    page = notice_of("甲", issuer=long_text(30))[0]
    assert page[0].text == long_text(30) + "文件"


@pytest.mark.parametrize("signs", [1, 19, 20, 21, 40, 41, 75])
def test_a_title_is_broken_into_lines_that_hold_it_all(signs):
    lines = title_lines(long_text(signs))
    assert "".join(lines) == long_text(signs) and all(0 < len(line) <= TITLE_SIGNS for line in lines)


def test_a_title_breaks_behind_a_joint():
    assert title_lines("关于印发《岚河市隔离点管理规定》和《岚河市转运规定》的通知") == [
        "关于印发《岚河市隔离点管理规定》",
        "和《岚河市转运规定》的通知",
    ]
    assert title_lines("太原市疫情防控工作领导小组第43次会议签到表")[0] == "太原市疫情防控工作领导小组"
    assert title_lines("") == [""]
