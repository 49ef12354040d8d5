"""Movement between two wordings: tighter, looser, or a change nobody can rank; each told in both languages."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.minutes import Modality
from hucheng.engines.minutes.tightening import Change, changes, is_tighter

from .test_likeness import PLAIN

DEADLINES = [
    None,
    "尽快",
    "及时",
    "3天内",
    "7天内",
    "24小时内",
    "3月底前",
    "4月5日前",
    "4月中旬",
    "每日",
    "节后",
    "开学前",
]
ACTORS = [(), ("各级各部门",), ("各县", "各区"), ("市商务局",)]
directives = st.builds(
    lambda deadline, modality, actors, measurable: replace(
        PLAIN, deadline=deadline, modality=modality, actors=actors, measurable=measurable
    ),
    st.sampled_from(DEADLINES),
    st.sampled_from(Modality),
    st.sampled_from(ACTORS),
    st.booleans(),
)


def moved(field: str, before: object, after: object) -> Change:
    """The one change between two directives that differ in one field."""
    (one,) = changes(replace(PLAIN, **{field: before}), replace(PLAIN, **{field: after}))
    assert one.field == field
    return one


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        (None, "尽快", 1),
        ("尽快", "3天内", 1),
        (None, "每日", 1),
        ("3天内", "尽快", -1),
        ("3月底前", None, -1),
        ("尽快", "及时", 0),
        ("7天内", "3天内", 1),
        ("两天内", "一周内", -1),
        ("1天内", "24小时内", 0),
        ("3个工作日内", "90分钟内", 1),
        ("一个月内", "40天内", -1),
        ("4月5日前", "3月底前", 1),
        ("4月上旬", "4月中旬", -1),
        ("12月20日前", "1月5日前", -1),
        ("1月5日前", "12月28日前", 1),
        ("四月五日前", "4月5日之前", 0),
        ("3月初", "3月1日", 0),
        ("每日", "每周", 0),
        ("3天内", "4月5日前", 0),
        ("14天", "7天", 0),
        ("开学前", "春节后", 0),
    ],
)
def test_a_deadline_gets_tighter_looser_or_only_other(before, after, step):
    assert moved("deadline", before, after).step == step


@pytest.mark.parametrize(("before", "after"), list(pairwise([Modality.STRENGTHEN, Modality.MUST, Modality.ENSURE])))
def test_the_words_of_duty_have_an_order(before, after):
    assert moved("modality", before, after).step == 1
    assert moved("modality", after, before).step == -1


def test_to_forbid_is_no_less_than_to_ensure_and_no_more():
    assert moved("modality", Modality.ENSURE, Modality.FORBID).step == 0
    assert moved("modality", Modality.MUST, Modality.FORBID).step == 1


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ((), ("各级各部门",), 1),
        (("各级各部门",), ("市商务局",), 1),
        ((), ("市商务局",), 1),
        (("市商务局",), ("市教育局",), 0),
        (("市商务局",), (), 0),
        (("市商务局",), ("各级各部门",), 0),
    ],
)
def test_somebody_named_is_tighter_and_a_subject_not_said_again_is_no_loosening(before, after, step):
    assert moved("actors", before, after).step == step


def test_what_can_now_be_verified_is_tighter():
    assert moved("measurable", False, True).step == 1
    assert moved("measurable", True, False).step == -1


@given(directives)
def test_a_directive_has_not_moved_from_itself(one):
    assert changes(one, one) == () and not is_tighter(changes(one, one))


@given(directives, directives)
def test_each_field_that_differs_is_told_once_in_a_fixed_order(before, after):
    fields = ("deadline", "modality", "actors", "measurable")
    differing = [one for one in fields if getattr(before, one) != getattr(after, one)]
    assert [one.field for one in changes(before, after)] == differing


@given(directives, directives)
def test_no_two_wordings_are_each_tighter_than_the_other(before, after):
    assert not (is_tighter(changes(before, after)) and is_tighter(changes(after, before)))


@given(directives, directives)
def test_a_deadline_back_again_takes_the_step_back(before, after):
    there, back = (
        {one.field: one.step for one in changes(*pair)}.get("deadline", 0)
        for pair in ((before, after), (after, before))
    )
    assert there == -back


@pytest.mark.parametrize(
    ("steps", "tighter"), [((), False), ((0,), False), ((1,), True), ((1, 0), True), ((1, -1), False), ((-1,), False)]
)
def test_one_thing_looser_and_the_whole_is_not_tighter(steps, tighter):
    known = moved("deadline", None, "尽快")
    assert is_tighter(tuple(replace(known, step=step) for step in steps)) is tighter


@pytest.mark.parametrize(
    ("field", "before", "after", "zh", "en"),
    [
        ("deadline", "尽快", "3天内", "期限由“尽快”改为“3天内”（更紧）", "deadline from “尽快” to “3天内” (tighter)"),
        ("deadline", "尽快", None, "期限由“尽快”改为“无”（更松）", "deadline from “尽快” to “none” (looser)"),
        (
            "actors",
            ("甲局",),
            ("乙局", "丙局"),
            "责任主体由“甲局”改为“乙局、丙局”",
            "actors from “甲局” to “乙局、丙局”",
        ),
        ("measurable", False, True, "能否核实由“不能”改为“能”（更紧）", "verified from “no” to “yes” (tighter)"),
        (
            "modality",
            Modality.STRENGTHEN,
            Modality.FORBID,
            "语气由“加强”改为“禁止”（更紧）",
            "duty from “strengthen” to “forbid” (tighter)",
        ),
    ],
)
def test_a_change_is_told_in_both_languages(field, before, after, zh, en):
    why = moved(field, before, after).why
    assert (why.zh, why.en) == (zh, en)


def test_words_in_braces_are_told_as_they_stand():
    assert "{before}" in moved("actors", (), ("{before}局",)).why.en
