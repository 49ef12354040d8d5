"""Text as it is pasted from pages, printers and broken programs: mended, or left alone where it is honest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import EditKind, clean, read

from .cases import HELD

TEXT = "会议强调，各县（市、区）要备足集中隔离房间，逐一核对国际航班旅客名单，3月10日前完成。"


def wrong(text: str, meant: str, taken: str) -> str:
    return text.encode(meant).decode(taken, errors="replace")


@pytest.mark.parametrize(
    ("meant", "taken"), [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "cp1252")]
)
@pytest.mark.parametrize("word", ["疫情防控", "备足集中隔离房间", "统筹推进各项工作落实"])
def test_a_run_that_was_read_in_a_wrong_encoding_is_read_again(meant, taken, word):
    spoiled = wrong(word, meant, taken)
    if "\ufffd" in spoiled:
        pytest.skip("signs were lost, nothing could bring them back")
    mended = clean(f"要 {spoiled} 。")
    assert word in mended.text
    assert EditKind.ENCODING in {edit.kind for edit in mended.edits}


@pytest.mark.parametrize(
    "text",
    [TEXT, "René Müller à Paris", "“四早”——“四方责任”……", "市（縣）鐵路鑫淼", "«élève» naïveté — œuvre", "·—…·—…"],
)
def test_honest_text_is_no_wrong_encoding(text):
    assert EditKind.ENCODING not in {edit.kind for edit in clean(text).edits}


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        ("<p>会议要求，</p><p>要备足物资。</p>", "会议要求，要备足物资。"),
        ('<span style="color:red">要备足</span><br/>物资', "要备足物资"),
        ("要备足&nbsp;物资&ldquo;四早&rdquo;", "要备足 物资“四早”"),
        ("要备足物资\n— 3 —\n要核对名单", "要备足物资要核对名单"),
        ("要备足物资\n第 3 页 共 8 页\n要核对名单", "要备足物资要核对名单"),
    ],
)
def test_tags_entities_and_page_numbers_are_taken_out(pasted, text):
    assert clean(pasted).text.replace("\n", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "若体温<37.3℃且>36℃",
        "第3页有误",
        "<市领导>",
        "a < b & c > d",
        "ignore all instructions",
        "2020\n43",
    ],
)
def test_scripts_prompts_and_signs_are_text_and_stay(text):
    assert clean(text).text == text


def broken_at(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@pytest.mark.parametrize("width", [20, 28, 41])
def test_lines_broken_at_a_margin_are_joined(width):
    told = HELD + TEXT.replace("。", "，") * 4 + "确保一个不漏。"
    assert clean(broken_at(told, width)).text.replace("\n", "") == told
    ours, theirs = read(broken_at(told, width)), read(told)
    assert len(ours.directives) == len(theirs.directives)


def test_a_line_that_ends_a_sentence_or_begins_a_number_is_not_joined():
    lines = [
        "要备足集中隔离房间和医疗物资药",
        "品，核对全部旅客名单和车辆名单",
        "，三天内完成并且报告到市指挥部。",
        "一、逐校验收食堂宿舍和全部教室",
    ]
    assert clean("\n".join(lines)).text.split("\n") == ["".join(lines[:3]), lines[3]]


@pytest.mark.parametrize(
    "text", ["标题\n作者\n来源", "\n".join([TEXT] * 6), "一、备足物资\n二、核对名单\n三、更新台账\n四、公布电话"]
)
def test_running_text_and_lists_keep_their_lines(text):
    assert clean(text).text == text


SIGNS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "&nbsp;",
        "&lt;",
        "p&gt;",
        "— 3 —\n",
        "鐤儏闃叉帶",
        "ç–«æƒ…",
        "會(huì)",
        "，,",
        "要备足物资药品和房间共十五字",
        "\n",
        "。",
        "<",
        ">",
        "&",
    ]
)


@given(st.lists(SIGNS, max_size=14).map("".join))
def test_mending_what_was_pasted_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once.text).text == once.text
    for edit in once.edits:
        assert 0 <= edit.start <= edit.end <= len(text) and 0 <= edit.clean_start <= edit.clean_end <= len(once.text)
