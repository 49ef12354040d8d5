"""Which words stand where, before anything is set."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers.official import DocumentNumber, Person, compose
from hucheng.engines.papers.official.compose import ordinal
from hucheng.engines.papers.official.sheet import Face, Layout, day_of, sentence

from .samples import SAMPLES, sample


def texts(kind: str, **changes) -> list[str]:
    return [part.text for part in compose(sample(kind, **changes)).body if hasattr(part, "runs")]


def test_minutes_say_who_met_when_under_whom():
    told = texts("minutes")
    assert told[0].startswith(
        "2021年3月4日，市委书记林砚主持召开岚河市疫情防控工作领导小组第四十三次会议，地点市行政中心。"
    )
    assert "会议以电视电话会议形式召开。" in told[0]
    assert told[1:4] == [
        "会议听取了各县（市、区）工作情况汇报。",
        "会议指出，前一阶段全市防控工作取得积极成效。",
        "会议议定以下事项：",
    ]


def test_minutes_without_a_chair_say_that_the_body_met():
    assert texts("minutes", chair=None)[0].startswith("2021年3月4日，岚河市疫情防控工作领导小组召开第四十三次会议")


def test_a_venue_without_names_leaves_lines_to_sign_on():
    tables = [part for part in compose(sample("attendance")).body if hasattr(part, "rows")]
    assert [len(table.rows) for table in tables] == [1, 8] and tables[0].rows[0] == ("1", "林砚", "市委书记", "")


def test_a_decision_names_lead_support_and_deadline_behind_its_sentence():
    told = texts("minutes")
    assert told[4:7] == [
        "一、外防输入",
        "（一）逐一核对国际航班旅客名单。（牵头单位：市公安局；配合单位：市外事办、市交通局；完成时限：3月10日前）",
        "（二）坚决防止高风险人员离并进京。",
    ]


def test_decisions_without_headings_are_numbered_on_the_first_level():
    matters = [{"decisions": [{"text": "备足物资"}, {"text": "核对名单。"}]}]
    assert texts("minutes", matters=matters)[-2:] == ["一、备足物资。", "二、核对名单。"]


def test_minutes_without_a_number_say_none():
    sheet = compose(sample("minutes", meeting=None, place="", form=""))
    assert sheet.number == "" and sheet.body[0].text.endswith("领导小组会议。")


def test_who_took_part_stands_after_the_text_with_a_heavy_label():
    after = compose(sample("minutes")).after
    assert [part.runs[0].text for part in after] == ["出席：", "请假：", "列席：", "记录："]
    assert {part.runs[0].face for part in after} == {Face.HEAVY} and after[0].blank == 1
    assert compose(sample("minutes", attended=[], absent=[], observers=[], recorder="")).after == ()


def test_one_task_gives_its_name_to_the_letter_and_several_their_count():
    assert compose(sample("supervision")).title == "关于2项任务办理情况的督办函"
    one = compose(sample("supervision", items=SAMPLES["supervision"]["items"][:1]))
    assert one.title == "关于“制定完善开学方案”办理情况的督办函"


def test_a_task_without_a_basis_says_only_task_day_and_standing():
    assert "二、逐校验收食堂。应于2021年3月11日前完成，现状：无数据。" in texts("supervision")


@pytest.mark.parametrize(("until", "words"), [(None, "至应急处置工作结束时止"), ("2021-04-06", "起至2021年4月6日止")])
def test_a_requisition_says_its_term(until, words):
    assert any(words in text for text in texts("requisition", until=until))


def test_kinds_have_their_layouts():
    layouts = {kind: compose(sample(kind)).layout for kind in SAMPLES}
    assert layouts == {
        "minutes": Layout.MINUTES,
        "notice": Layout.DOCUMENT,
        "report": Layout.DOCUMENT,
        "supervision": Layout.LETTER,
        "requisition": Layout.LETTER,
        "handover": Layout.LETTER,
        "attendance": Layout.LETTER,
    }


@pytest.mark.parametrize(
    ("level", "number", "text"), [(0, 12, "十二、"), (1, 3, "（三）"), (2, 3, "3."), (3, 10, "（10）")]
)
def test_the_four_levels(level, number, text):
    assert ordinal(level, number) == text


@given(st.dates(date(1949, 10, 1), date(2199, 12, 31)))
def test_a_day_never_has_a_leading_zero(day):
    assert day_of(day) == f"{day:%Y}年{day.month}月{day.day}日" and "年0" not in day_of(day)


@given(st.text(alphabet="甲乙，。；！", min_size=1, max_size=12))
def test_a_sentence_ends_with_one_stop(text):
    made = sentence(text)
    assert made[-1] in "。！" and not made.endswith(("。。", "，。", "；。"))


def test_numbers_and_people_are_written_as_documents_do():
    assert str(DocumentNumber("并政发", 2020, 7)) == "并政发〔2020〕7号"
    assert (str(Person("林砚")), str(Person("林砚", "市长"))) == ("林砚", "林砚（市长）")


@given(st.from_regex(r"[一-龥]{1,12}", fullmatch=True), st.integers(1900, 2999), st.integers(1, 99_999))
def test_a_printed_number_is_read_again(code, year, number):
    printed = DocumentNumber(code, year, number)
    assert DocumentNumber.read(str(printed)) == printed == DocumentNumber.read(f" {code}[{year}] 第0{number}号\n")


@given(st.text(alphabet="并防〔〕[]0123456789号第 -", max_size=16))
def test_what_is_read_as_a_number_is_one_and_anything_else_is_named(text):
    try:
        found = DocumentNumber.read(text)
    except ValueError as wrong:
        assert "并防指发〔2020〕7号" in str(wrong)
    else:
        assert found.code and found.number > 0 and 1000 <= found.year <= 2999
