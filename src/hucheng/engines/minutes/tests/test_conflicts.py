"""Planted conflicts are found, honest neighbours are left alone; everybody stands on one sheet of attendance."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hucheng.engines.minutes import ConflictKind, by_venue, conflicts, read

from .cases import demanded

PLANTED = [
    ("暂停举办大型展会", "恢复举办大型展会", ConflictKind.OPPOSITE),
    ("关闭全市电影院和网吧", "有序开放全市电影院和网吧", ConflictKind.OPPOSITE),
    ("返乡人员一律集中隔离14天", "返乡人员实行居家隔离14天", ConflictKind.OPPOSITE),
    ("取消春季招聘大会", "如期举办春季招聘大会", ConflictKind.OPPOSITE),
    ("撤销高速路口检查点", "保留高速路口检查点", ConflictKind.OPPOSITE),
    ("延长社区门岗值守时间", "缩短社区门岗值守时间", ConflictKind.OPPOSITE),
    ("推迟初三年级复学时间", "提前初三年级复学时间", ConflictKind.OPPOSITE),
    ("核酸检测费用由个人自付", "核酸检测费用一律减免", ConflictKind.OPPOSITE),
    ("外来车辆不得进入小区", "外来车辆要进入小区", ConflictKind.BAN),
    ("5月10日前核对旅客名单", "5月20日前核对旅客名单", ConflictKind.DEADLINE),
    ("逐校验收学校食堂", "逐校验收学校食堂", ConflictKind.TWICE),
]
HONEST = [
    ("暂停跨省旅游", "恢复市内公交"),
    ("关闭电影院", "开放公园"),
    ("备足防疫物资", "核对旅客名单"),
    ("加强社区管理", "加强学校管理"),
    ("做好入境人员隔离工作", "做好入境人员检测工作"),
    ("严禁野外用火", "开展森林防火宣传"),
    ("不得哄抬物价", "稳定市场供应"),
    ("延长接种服务时间", "缩短检测等候时间"),
    ("高三年级如期复学", "其他年级暂缓返校"),
    ("取消不必要的审批", "加强疫情监测"),
    ("完善应急预案", "开展应急演练"),
    ("加快复工复产", "加快重点项目建设"),
    ("落实属地责任", "落实主体责任"),
    ("集中隔离境外返回人员", "居家隔离次密接人员"),
]


def found_between(first: str, second: str):
    return conflicts(demanded(f"会议要求，要{first}。要更新台账。要{second}。"))


@pytest.mark.parametrize(("first", "second", "kind"), PLANTED)
def test_a_planted_conflict_is_found_with_its_reason(first, second, kind):
    (one,) = found_between(first, second)
    assert one.kind is kind and one.first.start < one.second.start
    assert one.why.zh and one.why.en and "{" not in one.why.zh + one.why.en


@pytest.mark.parametrize(("first", "second"), HONEST)
def test_neighbours_that_can_both_be_followed_are_left_alone(first, second):
    assert found_between(first, second) == ()


def test_two_leads_for_one_demand_are_a_conflict():
    told = demanded(
        "会议决定：\n（一）核对全部旅客名单。（牵头单位：市公安局）\n（二）核对全部旅客名单。（牵头单位：市外事办）"
    )
    (one,) = conflicts(told)
    assert one.kind is ConflictKind.LEAD and "市公安局与市外事办" in one.why.zh


def test_two_units_told_the_same_are_no_conflict():
    assert (
        conflicts(demanded("会议要求，县公安局要更新全部台账。县教育局要更新全部台账。"))[0].kind is ConflictKind.LEAD
    )
    assert conflicts(demanded("会议要求，各县要更新全部台账。各校要更新全部台账。")) == ()


ALL = [text for one, other, _kind in PLANTED for text in (one, other)] + [text for pair in HONEST for text in pair]


def told_together(texts) -> set[frozenset[str]]:
    told = demanded("会议要求，" + "".join(f"要{one}。" for one in texts))
    return {frozenset((one.first.text_clean, one.second.text_clean)) for one in conflicts(told)}


@settings(max_examples=8)
@given(st.permutations(ALL))
def test_conflicts_do_not_depend_on_the_order_of_the_demands(texts):
    assert told_together(texts) == told_together(ALL)


def test_of_all_demands_together_the_planted_conflicts_are_found_and_few_others():
    """Precision over every pair of fifty demands: of fifteen conflicts told fourteen are some."""
    also = [
        ("关闭电影院", "有序开放全市电影院和网吧"),
        *((f"5月{day}日前核对旅客名单", "核对旅客名单") for day in (10, 20)),
    ]
    planted = {frozenset((f"要{one}", f"要{other}")) for one, other, _kind in PLANTED}
    planted |= {frozenset((f"要{one}", f"要{other}")) for one, other in also}
    found = told_together(ALL)
    assert planted <= found and len(found - planted) <= 1


def test_headings_and_stances_are_in_no_conflict():
    assert conflicts(demanded("会议要求，要坚定信心。要核对名单。要坚定信心。")) == ()


SEATED = (
    "5月6日，市委书记林砚主持召开岚河市防疫领导小组第十二次会议。市长周清越在主会场参加，副市长欧阳岚在东湖区分会场参加。"
    "会议以电视电话会议形式召开，各县负责同志在分会场参加。"
)


def test_everybody_stands_on_the_sheet_of_one_venue_the_main_one_first():
    minutes = read(SEATED)
    sheets = by_venue(minutes)
    assert [sheet.name for sheet in sheets] == ["主会场", "东湖区分会场", "各县分会场", ""]
    assert [[one.name for one in sheet.people] for sheet in sheets] == [["周清越"], ["欧阳岚"], [None], ["林砚"]]
    assert sorted(one.role for sheet in sheets for one in sheet.people) == sorted(one.role for one in minutes.attendees)
    assert sheets[-1].title.zh and sheets[0].title.zh == "主会场"


def test_minutes_without_people_have_no_sheet():
    assert by_venue(read("会议召开。会议要求，要备足物资。")) == ()


ENGLISH = "Minutes of the 5th meeting of the Lanhe Epidemic Board\nDate: 6 May 2021\n\nActions\n"


def found_in_english(first: str, second: str):
    return conflicts(read(f"{ENGLISH}1. {first}\n2. Counties to update the roster.\n3. {second}\n").directives)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("Schools to close the canteens.", "Schools to reopen the canteens.", ConflictKind.OPPOSITE),
        ("Counties to cancel the spring fair.", "Counties to hold the spring fair.", ConflictKind.OPPOSITE),
        ("Hotels must not admit visitors at night.", "Hotels to admit visitors at night.", ConflictKind.BAN),
        ("Customs to test all crews by 8 May.", "Customs to test all crews by 10 May.", ConflictKind.DEADLINE),
        ("Police to check the passes.", "The Health Bureau to check the passes.", ConflictKind.LEAD),
    ],
)
def test_a_conflict_in_english_is_found_with_its_reason(first, second, kind):
    (one,) = found_in_english(first, second)
    assert one.kind is kind and "{" not in one.why.en


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Counties to close the cinemas.", "Counties to open the parks."),
        ("Hotels must not admit visitors.", "Hotels to admit drivers of the port."),
        ("Hospitals to reduce waiting times.", "Hospitals to extend opening hours."),
    ],
)
def test_neighbours_in_english_that_can_both_be_followed_are_left_alone(first, second):
    assert found_in_english(first, second) == ()
