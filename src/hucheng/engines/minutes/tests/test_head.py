"""The head of minutes: the body, its number, the day, the form, and what the text leaves open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import JointMeeting, read
from hucheng.engines.minutes.head import Held, form_of, held_in, stated_form
from hucheng.engines.words.numerals import in_chinese

from .cases import PUBLISHED, minutes_of


def meeting(text: str, published: date | None = PUBLISHED):
    return read(text, article_date=published).meeting


@pytest.mark.parametrize(
    ("passage", "body", "number", "form"),
    [
        ("市防疫领导小组召开第十二次会议", "市防疫领导小组", 12, None),
        ("5月6日，市防疫领导小组第12次会议召开", "市防疫领导小组", 12, None),
        ("林砚主持召开市防疫指挥部第九次调度会议", "市防疫指挥部", 9, "调度会议"),
        ("召开市防疫领导小组第十二次（扩大）会议", "市防疫领导小组", 12, "（扩大）会议"),
        ("5月6日晚，县防疫指挥部召开视频调度会", "县防疫指挥部", None, "视频调度会"),
        ("召开市口岸工作专班紧急会商会", "市口岸工作专班", None, "紧急会商会"),
        ("市防疫指挥部调度会在市政府举行", "市防疫指挥部", None, "调度会"),
        ("市防疫领导小组办公室召开专题会议", "市防疫领导小组办公室", None, "专题会议"),
        ("市教育局召开开学工作推进会", "市教育局", None, "推进会"),
        ("市政府召开常务会议", "市政府", None, None),
        ("召开全市口岸管控电视电话会议", "全市口岸管控电视电话会议", None, "电视电话会议"),
        ("开学准备碰头会在市教育局召开", "开学准备碰头会", None, "碰头会"),
    ],
)
def test_the_body_its_number_and_the_form_are_read_from_the_sentence_that_says_what_was_held(
    passage, body, number, form
):
    held = held_in(passage)
    assert (held.body, held.number, held.form) == (body, number, form)


@pytest.mark.parametrize(
    "passage",
    ["会议召开", "本次会议召开", "县乡视频调度会", "第十二次会议", "传达省防疫领导小组第七次会议精神"],
)
def test_what_names_no_body_gives_none(passage):
    assert held_in(passage) == Held()


@pytest.mark.parametrize("verb", ["传达", "学习", "贯彻", "落实"])
def test_a_meeting_whose_spirit_is_passed_on_is_not_the_one_that_was_held(verb):
    said = f"{verb}省防疫领导小组第七次会议要求，市防疫领导小组召开第十二次会议"
    assert (held_in(said).body, held_in(said).number) == ("市防疫领导小组", 12)


def test_of_two_meetings_held_as_one_the_leading_group_is_the_body():
    held = held_in("召开市政府第9次常务会议暨市防疫领导小组第十二次会议")
    assert (held.body, held.number, held.joint) == ("市防疫领导小组", 12, (JointMeeting("市政府", 9),))
    told = read("5月6日，召开市政府第9次常务会议暨市防疫领导小组第十二次会议。").as_dict()
    assert told["meeting"]["joint"] == [{"body": "市政府", "number": 9}]


@given(st.integers(1, 999), st.booleans())
def test_any_number_is_read_in_either_script(number, in_words):
    written = in_chinese(number) if in_words else str(number)
    assert meeting(f"5月6日，岚河市防疫领导小组召开第{written}次会议。").number == number


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("县乡工作视频调度会", "视频调度会"),
        ("视频工作调度会议", "视频调度会议"),
        ("紧急会议", "紧急会议"),
        ("全体会议", "全体会议"),
        ("联席会议", "联席会议"),
        ("座谈会", "座谈会"),
        ("常务会议", None),
        ("市委常委会会议", None),
        ("第三次会议", None),
        ("会议", None),
        ("", None),
    ],
)
def test_the_form_is_the_kind_of_meeting_without_topic_and_level(name, form):
    assert form_of(name) == form


@pytest.mark.parametrize(
    ("passage", "form"),
    [
        ("会议以电视电话会议形式召开", "电视电话会议"),
        ("会议以视频方式召开", "视频"),
        ("会议采取视频连线方式进行", "视频连线"),
        ("会议通过网络方式召开", "网络"),
        ("以点带面方式推进会议", None),
        ("教师以视频方式授课", None),
    ],
)
def test_the_form_that_the_text_states_by_itself(passage, form):
    assert stated_form(passage) == form


def test_a_stated_form_counts_before_the_name_of_the_meeting():
    assert meeting("5月6日，市防疫指挥部召开调度会。会议以视频方式召开。").form == "视频"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("5月6日", date(2021, 5, 6)),
        ("五月六日", date(2021, 5, 6)),
        ("2021年4月30日", date(2021, 4, 30)),
        ("昨天下午", date(2021, 5, 6)),
        ("昨晚", date(2021, 5, 6)),
        ("今天上午", date(2021, 5, 7)),
        ("6日", date(2021, 5, 6)),
        ("30日", date(2021, 4, 30)),
        ("12月31日", date(2020, 12, 31)),
        ("近日", None),
    ],
)
def test_the_day_is_resolved_against_the_day_of_publication(said, day):
    assert meeting(f"{said}，市防疫领导小组召开第十二次会议。").date == day


def test_a_printed_day_of_publication_is_used_when_nobody_gives_one():
    page = "防疫会议召开\n来源：岚河日报 2021-05-07\n5月6日，市防疫领导小组召开第十二次会议，研究口岸工作。"
    assert meeting(page, published=None).date == date(2021, 5, 6)


def test_the_day_of_another_matter_further_down_is_not_the_day_of_the_meeting():
    assert meeting("市防疫领导小组召开第十二次会议。会议要求，5月1日前完成登记。").date is None


@pytest.mark.parametrize(
    ("text", "body", "written"),
    [
        ("岚河讯\n5月6日，太原市防疫领导小组召开会议。", "太原市防疫领导小组", "太原市防疫领导小组"),
        ("太原日报讯\n5月6日，市防疫领导小组召开会议。", "太原市防疫领导小组", "市防疫领导小组"),
        ("太原日报讯\n5月6日，我市防疫领导小组召开会议。", "太原市防疫领导小组", "我市防疫领导小组"),
        ("太原日报讯\n5月6日，县防疫领导小组召开会议。", "县防疫领导小组", "县防疫领导小组"),
        ("太原日报讯\n5月6日，防疫领导小组召开会议。", "太原市防疫领导小组", "防疫领导小组"),
        ("5月6日，市防疫领导小组召开会议。", "市防疫领导小组", "市防疫领导小组"),
    ],
)
def test_the_city_stands_before_a_body_that_is_only_called_the_citys(text, body, written):
    found = meeting(text)
    assert (found.body, found.body_as_written) == (body, written)


def test_a_title_tells_the_number_when_the_text_does_not():
    page = "市防疫领导小组第十二次会议召开\n5月6日，林砚主持召开会议，听取口岸专班汇报，研究下一步工作。"
    assert (meeting(page).number, meeting(page).body) == (12, "市防疫领导小组")


def warnings(text: str, published: date | None = PUBLISHED) -> list[str]:
    return [one.en for one in read(text, article_date=published).warnings]


NO_DATE = "The date is incomplete: give the day of publication."
NO_NUMBER = "The number of the meeting could not be read."


def test_a_number_that_cannot_be_read_is_said():
    assert NO_NUMBER in warnings("5月6日，市防疫领导小组召开第*次会议。")


@pytest.mark.parametrize("said", ["本次会议听取了汇报。", "会议通报了上次会议落实情况。", "这是首次会议。"])
def test_a_meeting_that_has_no_number_is_no_reason_to_warn(said):
    """这次会议 and 上次会议 were taken for a number that could not be read."""
    assert warnings(f"5月6日，市防疫领导小组召开会议。{said}") == []


def test_what_is_open_is_said_in_both_languages():
    assert warnings("市防疫领导小组召开第十二次会议。", None) == [
        "The date is incomplete: give the day of publication."
    ]
    assert warnings("各单位要备足物资。") == ["No meeting found."]
    assert "Something in the text was masked" in warnings("5月6日，市*委召开第三次会议。张*三参加。")[-1]
    assert all(one.zh != one.en for one in read("各单位要备足物资。").warnings)


def test_a_text_without_a_meeting_gives_no_people_and_no_demands():
    found = read("5月6日，天气晴。林砚市长说，各单位要备足物资。")
    assert (found.attendees, found.venues, found.directives) == ((), (), ())


def test_the_rest_of_the_page_does_not_change_the_head():
    head = minutes_of("会议要求，备足物资。").meeting
    assert head == minutes_of("会议强调，要落实省防疫领导小组第七次会议精神。\n责任编辑：何云").meeting
