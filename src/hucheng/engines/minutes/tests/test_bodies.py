"""Who is named as responsible, in the register of bodies; what a demand is measured by; the day of its deadline."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import body_of, register
from hucheng.engines.minutes.bodies import _rows, led_and_supported
from hucheng.engines.minutes.measures import _measures, due_day, suggested_measure

from .cases import HELD, demanded, only

WEDNESDAY = date(2021, 5, 5)


@pytest.mark.parametrize(
    ("written", "code", "level"),
    [
        ("市卫健委", "health", "市"),
        ("县卫生健康局", "health", "县"),
        ("卫健部门", "health", ""),
        ("岚河市教育局", "education", "市"),
        ("市政府办公室", "general_office", "市"),
        ("市市场监管局", "market", "市"),
        ("公安机关", "public_security", ""),
        ("区纪委监委", "discipline", "区"),
        ("学校", "school", ""),
    ],
)
def test_a_body_is_known_by_any_of_its_names_at_any_level(written, code, level):
    found = body_of(written)
    assert (found.code, found.level, found.is_group, found.written) == (code, level, False, written)
    assert found.name.zh and found.name.en


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("各级各部门", "everyone"),
        ("全市各级各部门", "everyone"),
        ("全市上下", "everyone"),
        ("各部门", "departments"),
        ("市直各部门", "departments"),
        ("各县(市、区)", "counties"),
        ("各县（市、区）", "counties"),
        ("各县区", "counties"),
        ("各乡镇(街道)", "towns"),
        ("各学校", "schools"),
        ("广大党员干部", "party"),
    ],
)
def test_words_for_many_bodies_are_a_group(written, code):
    found = body_of(written)
    assert found.code == f"group.{code}" and found.is_group


def test_a_group_expands_to_bodies_of_the_register():
    everyone, departments = body_of("各级各部门"), body_of("各部门")
    assert set(everyone.members) == {"county", "departments"}
    assert len(departments.members) > 10 and set(departments.members) <= set(register())


@pytest.mark.parametrize("written", ["", "市", "岚河市", "某某局", "林砚", "县"])
def test_what_the_register_does_not_know_is_no_body(written):
    assert body_of(written) is None


def test_no_name_stands_for_two_bodies_and_every_member_is_known():
    names = [name for row in _rows("organisations") for name in row["names"].split()]
    assert len(names) == len(set(names)), {one for one in names if names.count(one) > 1}
    grouped = [name for row in _rows("groups") for name in row["names"].split()]
    assert len(grouped) == len(set(grouped)), {one for one in grouped if grouped.count(one) > 1}
    known = set(register()) | {row["code"] for row in _rows("groups")}
    assert {one for row in _rows("groups") for one in row["members"].split()} <= known


@given(st.text(max_size=12))
def test_any_words_are_looked_up_without_a_crash(written):
    found = body_of(written)
    assert found is None or found.written == written


def test_whom_the_text_calls_leading_leads_and_the_others_support():
    one = only("会议决定：\n（一）核对名单。（配合单位：市公安局；牵头单位：市外事办、市交通局）")
    assert one.lead.code == "foreign_affairs"
    assert [body.code for body in one.supports] == ["transport", "public_security"]


def test_without_such_words_the_first_body_leads_and_a_group_only_where_it_is_alone():
    assert led_and_supported(("各县区", "市教育局", "市公安局"), ())[0].code == "education"
    assert led_and_supported(("各县区",), ())[0].code == "group.counties"
    assert led_and_supported(("某某局",), ()) == (None, ())


def test_a_lead_named_inside_a_demand_leads():
    one = only("会议要求，要由市卫健委牵头建立台账。")
    assert one.lead.code == "health" and one.actors == ()


def test_the_json_tells_lead_supports_day_section_parent_and_measure():
    (heading, one) = demanded("会议要求，要筑牢外防输入防线。逐一核对旅客名单，每日报告。")[:2]
    told = one.lead
    assert (heading.parent, one.parent, told) == (None, heading.id, None)
    assert one.measure.zh.startswith("应核对人数")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("逐一核对旅客名单", "已核对的比例"),
        ("不得进入校园", "违反次数"),
        ("成立专门机构", "印发职责"),
        ("开展核酸检测", "已检的比例"),
        ("实行驻厂服务", "完成与否"),
        ("及时足额发放救助资金", "已拨付的比例"),
    ],
)
def test_what_a_demand_could_be_measured_by(text, words):
    assert words in suggested_measure(text, True).zh


def test_what_nobody_could_verify_has_no_measure():
    assert suggested_measure("进一步加强管理", False) is None
    assert only("会议要求，要进一步加强管理。").measure is None


def test_every_suggestion_is_said_in_both_languages():
    for words, said in _measures():
        assert words.pattern and said.zh and said.en and said.zh != said.en


@pytest.mark.parametrize(
    ("deadline", "day"),
    [
        ("5月10日前", date(2021, 5, 10)),
        ("2021年6月1日", date(2021, 6, 1)),
        ("1月3日前", date(2022, 1, 3)),
        ("五月十日", date(2021, 5, 10)),
        ("2月30日前", None),
        ("5月底前", date(2021, 5, 31)),
        ("6月上旬", date(2021, 6, 10)),
        ("2月末", date(2022, 2, 28)),
        ("13月底", None),
        ("3天内", date(2021, 5, 8)),
        ("48小时内", date(2021, 5, 7)),
        ("两周内", date(2021, 5, 19)),
        ("3个工作日内", date(2021, 5, 10)),
        ("9999天内", None),
        ("今天", WEDNESDAY),
        ("立即", WEDNESDAY),
        ("明日", date(2021, 5, 6)),
        ("本周内", date(2021, 5, 9)),
        ("月底前", date(2021, 5, 31)),
        ("上半年", date(2021, 6, 30)),
        ("年底前", date(2021, 12, 31)),
        ("及时", None),
        ("清明前", None),
        ("14天", None),
        (None, None),
    ],
)
def test_the_day_that_a_deadline_names(deadline, day):
    assert due_day(deadline, WEDNESDAY) == day
    assert due_day(deadline, None) is None


@given(
    st.text(alphabet="0123456789一二三十年月日天内前底周小时个", max_size=8),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_a_deadline_never_falls_before_the_meeting_unless_it_names_its_year(deadline, held):
    day = due_day(deadline, held)
    assert day is None or day >= held or "年" in deadline


def test_a_reading_counts_its_deadlines_from_the_meeting():
    assert only("会议要求，要3天内核对名单。").due == date(2021, 5, 9)
    assert HELD.startswith("5月6日")
