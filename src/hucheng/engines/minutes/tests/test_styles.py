"""Minutes in other styles than the press report: fields, numbered topics, a village, the brief of a task force."""

from datetime import date

import pytest

from hucheng.engines.minutes import Kind, Theme, read

from .cases import demanded, words_of

BRIEF = (
    "临港机场口岸防疫专班第27次碰头会\n时间：3月31日20时\n主持：专班组长、副市长谷长风\n参会：海关申一平、边检站邬江\n"
    "一、当日情况：入境航班2架次，旅客371人。\n"
    "二、明日安排\n1.4月1日抵达的航班停靠远机位，不得混流。\n2.海关增派两个检疫组。\n3.目的地为北京的旅客，逐人核对旅居史。\n"
)


@pytest.fixture(scope="module")
def brief():
    return read(BRIEF, article_date=date(2020, 4, 1))


def test_a_meeting_told_in_fields_is_read(brief):
    head = brief.meeting
    assert (head.body, head.number, head.date, head.chair, head.form) == (
        "临港机场口岸防疫专班", 27, date(2020, 3, 31), "谷长风", "碰头会",
    )  # fmt: skip
    assert [one.name for one in brief.attendees] == ["谷长风", "申一平", "邬江"]


def test_a_section_that_announces_demands_opens_them_and_the_situation_opens_none(brief):
    assert [one.text_clean for one in brief.directives] == [
        "4月1日抵达的航班停靠远机位", "不得混流", "海关增派两个检疫组", "目的地为北京的旅客，逐人核对旅居史",
    ]  # fmt: skip


def test_who_is_bound_for_the_capital_is_its_concern_and_the_rest_that_of_the_port(brief):
    assert [one.theme for one in brief.directives] == [Theme.IMPORT_LINE] * 3 + [Theme.CAPITAL_MOAT]


def test_the_words_that_name_a_numbered_paragraph_are_no_demand():
    told = words_of("会议议定：\n一、返校时间。毕业班5月8日返校。\n二、加强领导。各科签订责任书。")
    assert told == ["毕业班5月8日返校", "加强领导", "各科签订责任书"]


def test_a_numbered_heading_is_spelled_out_by_sentences_with_their_own_要():
    told = demanded("会议强调，一要守牢安全。要管好火源，备足物资。二要抢抓农时。农业部门要组织春灌。")
    assert [one.kind for one in told] == [Kind.HEADING, Kind.ACTION, Kind.ACTION, Kind.HEADING, Kind.ACTION]


@pytest.mark.parametrize("clause", ["清明将至", "我市在外务工人员较多", "返程压力很大"])
def test_what_is_near_or_much_is_no_demand(clause):
    assert words_of(f"会议要求，要备足物资。{clause}，要盯住返程。") == ["要备足物资", "要盯住返程"]


def test_the_city_of_a_body_is_none_that_people_only_come_from():
    told = read("2月3日晚，梨树坪村召开村“两委”（扩大）会议，书记代来福主持。从武汉回来的人，由村医包联。")
    assert told.meeting.body == "村“两委”" and told.meeting.form is None


@pytest.mark.parametrize(
    ("clause", "measurable"),
    [("要腾空三号楼", True), ("要熬制姜汤", True), ("要关心邻里", False), ("要引导村民", False), ("要营造声势", False)],
)
def test_a_deed_can_be_verified_though_no_list_names_it_and_care_cannot(clause, measurable):
    assert [one.measurable for one in demanded(f"会议要求，{clause}。")] == [measurable]


@pytest.mark.parametrize(
    ("clause", "deadline"),
    [
        ("每班三人、八小时一换", None),
        ("每两小时汇总一次", "每两小时"),
        ("今晚24时前备足床位", "今晚24时前"),
        ("正月十五以前不许聚会", "正月十五以前"),
    ],
)
def test_a_turn_of_duty_is_no_deadline_and_an_hour_belongs_to_its_day(clause, deadline):
    assert [one.deadline for one in demanded(f"会议要求，要严密值守，{clause}。")][1:] == [deadline]
