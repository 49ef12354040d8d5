"""Proposals of owners: only on words that overlap, with the words that led to them and a deadline that follows."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.command.directives.suggest import EVENING, due_said, holds, owners, suggest, weight_of, wording_by_clause
from hucheng.command.testing import MINUTES
from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Theme

DAY = date(2020, 3, 24)
KEYS = sorted({key for one in owners() for key in one.keys})
days = st.dates(date(2020, 1, 1), date(2023, 12, 31))
themes = st.sampled_from([theme.value for theme in Theme])
texts = st.text(alphabet="征用酒店高三复学会议要求两日内3月26日,前", max_size=24)
said = st.lists(st.sampled_from(KEYS), min_size=1, max_size=4)


def evening(day):
    return datetime.combine(day, EVENING, SHANGHAI)


@given(st.text(max_size=40) | texts | said.map(" ".join), themes, days)
def test_a_proposal_stands_on_words_that_text_and_clause_share_and_without_any_there_is_none(text, theme, day):
    found = suggest(text, theme, day)
    shared = {key for key in KEYS if holds(text, key)}
    assert (found is None) == (not shared)
    if found:
        assert found.words and set(found.words) == {key for key in found.owner.keys if holds(text, key)}


@given(said.map("".join) | said.map(" ".join), themes, days)
def test_no_other_clause_shares_more_of_the_text(text, theme, day):
    found = suggest(text, theme, day)

    def shared(owner):
        words = sum(weight_of(key) for key in owner.keys if holds(text, key))
        return words + (1 if words and owner.theme == theme else 0)

    best = max(shared(owner) for owner in owners())
    assert shared(found.owner) == best
    assert found.owner.clause == min(owner.clause for owner in owners() if shared(owner) == best)


@given(texts, themes, days)
def test_what_follows_from_a_proposal_is_an_evening_from_the_meeting_on(text, theme, day):
    found = suggest(text, theme, day)
    if found is None or found.from_text:
        return
    assert found.due >= evening(day) and found.due.astimezone(SHANGHAI).time() == EVENING


@given(st.text(max_size=30) | texts, days)
def test_reading_a_deadline_never_fails_and_a_named_day_is_not_long_over(text, day):
    found = due_said(text, day)
    assert found is None or found.tzinfo is not None


@given(st.integers(1, 999), st.sampled_from([("日", 1), ("天", 1), ("周", 7), ("个月", 30)]), days)
def test_within_so_many_days_is_counted_from_the_meeting(number, unit, day):
    word, length = unit
    assert due_said(f"要在{number}{word}内办结", day) == evening(day) + timedelta(days=number * length)


@given(st.integers(1, 12), st.integers(1, 28), days)
def test_a_day_without_a_year_is_the_first_such_day_from_the_meeting_on(month, number, day):
    found = due_said(f"{month}月{number}日前完成", day).astimezone(SHANGHAI).date()
    assert (found.month, found.day) == (month, number)
    assert day <= found < day + timedelta(days=366)


@pytest.mark.parametrize(
    ("text", "day", "due"),
    [
        ("2021年2月3日前", DAY, "2021-02-03"),
        ("2019年2月3日前", DAY, "2019-02-03"),
        ("2月29日前", date(2020, 2, 1), "2020-02-29"),
        ("2月29日前", date(2020, 3, 1), None),
        ("13月1日前", DAY, None),
        ("4月31日前", DAY, None),
        ("3月24日前", DAY, "2020-03-24"),
        ("3月23日前", DAY, "2021-03-23"),
        ("十日以内", DAY, "2020-04-03"),
        ("二十一天之内", DAY, "2020-04-14"),
        ("两个月内", DAY, "2020-05-23"),
        ("三日内,3月30日前", DAY, "2020-03-27"),
        ("内三日", DAY, None),
        ("", DAY, None),
        ("3月底前新开工项目不少于80个", DAY, "2020-03-31"),
        ("4月上旬前开复工", DAY, "2020-04-10"),
        ("2021年3月底前完成接种", DAY, "2021-03-31"),
        ("五个工作日内办结", DAY, "2020-03-31"),
        ("发现问题立即整改", DAY, None),
        ("designate two more quarantine hotels by Friday", DAY, "2020-03-27"),
        ("offer vaccination to all port workers by 31 January 2021", DAY, "2021-01-31"),
        ("pay the grants within ten working days", DAY, "2020-04-07"),
        ("submit their plans by the end of April", DAY, "2020-04-30"),
        ("isolate anyone above 37.3 at once", DAY, None),
        ("leave no household out", DAY, None),
    ],
)
def test_deadlines_as_people_write_them(text, day, due):
    found = due_said(text, day)
    assert (found.astimezone(SHANGHAI).date().isoformat() if found else None) == due


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        ("24小时内", "2020-03-25T18:00"),
        ("两小时内", "2020-03-24T20:00"),
        ("Replace every worker within 48 hours", "2020-03-26T18:00"),
    ],
)
def test_hours_are_counted_from_the_evening_of_the_meeting(hours, due):
    assert due_said(hours, DAY).astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M") == due


def test_the_deadline_of_the_text_goes_before_the_usual_one():
    usual, said = (suggest(text, "capital_moat", DAY) for text in ("征用酒店", "五日内征用酒店"))
    assert (usual.from_text, said.from_text) == (False, True)
    assert usual.due == evening(DAY + timedelta(days=2)) and said.due == evening(DAY + timedelta(days=5))
    assert usual.owner is said.owner


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2020, 3, 20), date(2020, 3, 25)),
        (date(2020, 3, 25), date(2020, 3, 25)),
        (date(2020, 3, 26), date(2020, 4, 2)),
    ],
)
def test_a_fixed_day_of_the_catalogue_that_is_over_gives_a_week(day, due):
    found = suggest("高三年级如期复学", "schools", day)
    assert found.owner.clause == 32 and found.due == evening(due)


def test_the_same_words_under_their_own_theme_weigh_more_and_an_equal_weight_takes_the_first_clause():
    assert suggest("阿", "general", DAY) is None
    in_theme = {theme: suggest("工作专班", theme, DAY).owner.clause for theme in ("capital_moat", "schools")}
    assert in_theme["capital_moat"] == 12
    tie = suggest("征用、值班", "general", DAY)
    assert tie.owner.clause == 13


@pytest.mark.parametrize(
    ("text", "theme", "lead"),
    [
        ("requisition hotels", "capital_moat", "TF-HOTEL"),
        ("Requisitioned hotels hand over 60 clean rooms", "import_line", "TF-HOTEL"),
        ("resolutely prevent high-risk persons from travelling on to Beijing", "capital_moat", "TY-MOAT"),
        ("Keep channels of information open", "import_line", "TF-INFO"),
        ("ensure that Grade 12 returns on schedule", "schools", "TY-EDU"),
        ("Speed up major projects", "economy", "TY-DRC"),
        ("do a good job of forest fire prevention", "stability", "TY-EMB"),
    ],
)
def test_english_directives_get_the_same_owner(text, theme, lead):
    assert suggest(text, theme, DAY).owner.lead == lead


@pytest.mark.parametrize("text", ["send the daily count to the group", "windscreens of buses", "bankrupt brooms"])
def test_english_words_count_from_their_beginning_only(text):
    assert suggest(text, "capital_moat", DAY) is None


def test_a_proposal_names_the_first_measure_of_its_clause_or_none():
    assert suggest("征用酒店", "capital_moat", DAY).measure == "quarantine.requisition.rooms_gap_7d"
    without = suggest("贯彻落实指示", "general", DAY)
    assert without.measure == "" and without.owner.no_measure_zh


def test_every_clause_has_one_theme_of_the_house_a_deadline_and_words_of_its_own():
    rows = owners()
    assert [one.clause for one in rows] == list(range(1, len(rows) + 1))
    assert {one.theme for one in rows} == {theme.value for theme in Theme}
    for one in rows:
        assert one.task_zh and one.task_en and one.lead not in one.supports
        assert one.due.startswith("+") or date.fromisoformat(one.due) >= date(2020, 3, 24)
        assert all(len(key) >= 2 for key in one.keys) and len(set(one.keys)) == len(one.keys)
        assert {key.isascii() for key in one.keys} == {True, False}, "words in both languages"


def test_minutes_give_each_clause_the_first_wording_likened_to_it():
    found = wording_by_clause(MINUTES + "会议要求,要再征用十家酒店。\n", date(2020, 3, 21))
    assert {11, 15, 19} <= set(found)
    assert "一批" in found[15] and "高风险" in found[19] and "专门机构" in found[11]
    assert wording_by_clause("今天天气很好。", DAY) == {}
