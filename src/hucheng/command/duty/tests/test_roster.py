"""Who leads on which day: filling, swapping, handing over, and whose day it is at midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.command.board.queries import board_of
from hucheng.command.duty.actions import ShiftIn, fill_roster, hand_over, swap
from hucheng.command.duty.models import Shift, ShiftChange, ShiftNote
from hucheng.command.duty.queries import changes, leader_today, leader_tomorrow, roster
from hucheng.command.duty.tables import _notes
from hucheng.command.testing import anybody, refused
from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor

pytestmark = pytest.mark.django_db
TODAY = date(2020, 3, 21)
FILLED, UNWRITTEN = "command.duty.roster_filled_14d", "command.duty.days_without_handover"


def day(number):
    return TODAY + timedelta(days=number)


def fill(*leaders, first=0, place=CITY, at=MORNING, deputy=""):
    """Name a leader a day from `first` on; None leaves a day out."""
    shifts = [ShiftIn(day(first + n), leader, deputy) for n, leader in enumerate(leaders) if leader is not None]
    return fill_roster(actor=an_actor(Role.COMMAND_OFFICE, place), shifts=shifts, at=at)


def names(actor, at):
    return [one.shift.leader if one.shift else None for one in roster(actor, at)]


@pytest.mark.parametrize(
    ("utc", "leader"),
    [
        (datetime(2020, 3, 21, 15, 59, 59, tzinfo=UTC), "秦望舒"),
        (datetime(2020, 3, 21, 16, 0, tzinfo=UTC), "顾长汀"),
        (datetime(2020, 3, 22, 15, 59, tzinfo=UTC), "顾长汀"),
        (datetime(2020, 3, 22, 16, 0, tzinfo=UTC), None),
    ],
)
def test_the_day_changes_hands_at_midnight_in_the_city(office, utc, leader):
    fill("秦望舒", "顾长汀")
    shift = leader_today(office, utc)
    assert (shift.leader if shift else None) == leader
    following = leader_tomorrow(office, utc - timedelta(days=1))
    assert (following.leader if following else None) == leader


def test_the_roster_is_fourteen_days_with_its_gaps_and_yesterday_where_it_was_filled(office):
    fill("甲", None, "丙")
    assert names(office, MORNING) == ["甲", None, "丙", *[None] * 11]
    assert names(office, after(days=1)) == ["甲", None, "丙", *[None] * 12]
    assert names(office, after(days=2)) == ["丙", *[None] * 13]
    assert [one.day for one in roster(office, after(days=1)) if one.today] == [day(1)]


def test_the_fifteenth_day_is_not_in_sight_yet(office):
    fill("甲", first=14)
    assert names(office, MORNING) == [None] * 14
    assert names(office, after(days=1))[-1] == "甲"


@pytest.mark.parametrize("role", [role for role in Role if role not in ("command_office", "system")])
def test_only_the_office_fills_and_swaps(role):
    fill("甲", "乙")
    actor = anybody(role)
    refused("role_may_not", fill_roster, actor=actor, shifts=[ShiftIn(day(3), "丙")], at=MORNING)
    refused("role_may_not", swap, actor=actor, first=day(0), second=day(1), why="", at=MORNING)
    assert sorted(Shift.objects.values_list("leader", flat=True)) == ["乙", "甲"]


@pytest.mark.parametrize(
    ("at", "shifts", "code"),
    [
        (MORNING, [ShiftIn(day(-1), "甲")], "day_over"),
        (after(days=1), [ShiftIn(day(1), "甲"), ShiftIn(day(0), "乙")], "day_over"),
        (datetime(2020, 3, 20, 16, 0, tzinfo=UTC), [ShiftIn(day(-1), "甲")], "day_over"),
        (MORNING, [ShiftIn(day(1), "甲"), ShiftIn(day(1), "甲")], "day_twice"),
        (MORNING, [ShiftIn(day(1), "甲"), ShiftIn(day(2), "\u3000")], "no_leader"),
    ],
)
def test_a_list_with_one_wrong_day_names_nobody_and_the_refusal_is_on_record(office, at, shifts, code):
    refused(code, fill_roster, actor=office, shifts=shifts, at=at)
    assert not Shift.objects.exists() and not ShiftChange.objects.exists()
    line = AuditLine.objects.get()
    assert (line.act, line.refused, line.detail["shifts"]) == ("command.duty.fill_roster", code, len(shifts))


def test_the_last_minute_of_a_day_is_still_that_day(office):
    fill_roster(actor=office, shifts=[ShiftIn(TODAY, "甲")], at=datetime(2020, 3, 21, 15, 59, tzinfo=UTC))
    assert Shift.objects.get().day == TODAY


def test_a_new_name_for_a_day_keeps_who_stood_there_before(office):
    fill(" 甲 ", deputy=" 副 ")
    fill("乙", at=after(10))
    fill("乙", at=after(20), deputy="丁")
    shift = Shift.objects.get()
    assert (shift.leader, shift.deputy) == ("乙", "丁")
    kept = ShiftChange.objects.order_by("at").values_list("before", "after", "at", "by_id")
    assert list(kept) == [("", "甲", MORNING, office.user_id), ("甲", "乙", after(10), office.user_id)]
    assert [(change.before, change.after) for change in changes(office)] == [("甲", "乙")]


def test_two_days_swap_leaders_and_deputies_both_ways(office):
    fill("甲", "乙", deputy="副")
    Shift.objects.filter(day=day(1)).update(deputy="次")
    for _turn in range(2):
        made = swap(actor=office, first=day(1), second=day(0), why="出差", at=after(5))
        assert [shift.day for shift in made] == [day(1), day(0)]
        assert names(office, MORNING)[:2] in (["乙", "甲"], ["甲", "乙"])
    assert list(Shift.objects.values_list("leader", "deputy")) == [("甲", "副"), ("乙", "次")]
    told = ShiftChange.objects.filter(why="出差").values_list("shift__day", "before", "after")
    assert sorted(told) == [
        (day(0), "乙", "甲"), (day(0), "甲", "乙"), (day(1), "乙", "甲"), (day(1), "甲", "乙"),
    ]  # fmt: skip


def test_the_note_of_a_day_stays_with_the_day_when_leaders_swap(office):
    fill("甲", "乙")
    hand_over(actor=office, day=TODAY, note="两架航班在途", at=after(5))
    swap(actor=office, first=day(0), second=day(1), why="", at=after(6))
    assert list(Shift.objects.values_list("leader", "handover")) == [("乙", "两架航班在途"), ("甲", "")]


@pytest.mark.parametrize(
    ("first", "second", "at"),
    [
        (0, 0, MORNING),
        (0, 2, MORNING),
        (2, 0, MORNING),
        (0, 1, after(days=1)),
        (1, 0, after(days=1)),
        (5, 6, MORNING),
    ],
)
def test_days_that_are_over_empty_or_the_same_are_not_swapped(office, first, second, at):
    fill("甲", "乙")
    refused("cannot_swap", swap, actor=office, first=day(first), second=day(second), why="", at=at)
    assert list(Shift.objects.values_list("leader", flat=True)) == ["甲", "乙"]
    assert not ShiftChange.objects.exclude(before="").exists()


def test_a_reason_of_any_length_is_cut_to_two_hundred_signs(office):
    fill("甲", "乙")
    swap(actor=office, first=day(0), second=day(1), why="因" * 500, at=after(5))
    assert {len(change.why) for change in changes(office)} == {200}


@pytest.mark.parametrize("role", [Role.COMMAND_OFFICE, Role.LEADING_GROUP])
def test_a_day_is_handed_over_in_words_by_the_office_or_the_leader(role):
    fill("甲")
    shift = hand_over(actor=an_actor(role), day=TODAY, note="  酒店尚缺十间 \n", at=after(500))
    shift.refresh_from_db()
    assert (shift.handover, shift.handed_over_at) == ("酒店尚缺十间", after(500))
    line = AuditLine.objects.get(act="command.duty.hand_over")
    assert line.role == role and "酒店" not in str(line.detail)


@pytest.mark.parametrize("role", [role for role in Role if role not in ("command_office", "leading_group", "system")])
def test_no_other_role_leaves_the_note_of_a_day(role):
    fill("甲")
    refused("role_may_not", hand_over, actor=anybody(role), day=TODAY, note="x", at=after(5))
    assert Shift.objects.get().handed_over_at is None


def test_a_second_note_stands_beside_the_first_and_tells_who_left_each_when(office):
    fill("甲")
    leader = an_actor(Role.LEADING_GROUP)
    hand_over(actor=office, day=TODAY, note="两架航班在途", at=after(5))
    hand_over(actor=leader, day=TODAY, note="酒店尚缺十间", at=after(500))
    kept = [(note.words, note.at, note.by_id) for note in Shift.objects.get().notes.all()]
    assert kept == [("两架航班在途", after(5), office.user_id), ("酒店尚缺十间", after(500), leader.user_id)]
    assert Shift.objects.get().handover == "酒店尚缺十间"
    (row,) = [cell for cell in roster(office, after(600)) if cell.shift]
    assert _notes(row) == "03-21 08:05 两架航班在途; 03-21 16:20 酒店尚缺十间"
    with pytest.raises(IntegrityError), transaction.atomic():
        ShiftNote.objects.update(words="x")


def test_a_note_is_refused_before_its_day_and_without_words_and_not_found_without_a_shift(office):
    fill("甲", "乙")
    refused("day_to_come", hand_over, actor=office, day=day(1), note="x", at=after(0))
    refused("day_to_come", hand_over, actor=office, day=day(1), note="x", at=datetime(2020, 3, 21, 15, 59, tzinfo=UTC))
    refused("note_empty", hand_over, actor=office, day=TODAY, note=" \n", at=after(0))
    with pytest.raises(Http404):
        hand_over(actor=office, day=day(-1), note="x", at=after(0))
    assert hand_over(actor=office, day=day(1), note="x", at=datetime(2020, 3, 21, 16, 0, tzinfo=UTC)).handover == "x"


def test_the_database_holds_one_shift_a_day_and_no_note_without_words(office):
    fill("甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(place=CITY, day=TODAY, leader="乙")
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.update(handed_over_at=after(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        ShiftChange.objects.update(before="乙")


def test_the_roster_of_a_county_is_its_own_and_fills_no_gap_of_the_city(office):
    county = an_actor(Role.COMMAND_OFFICE, COUNTY)
    fill("甲", None, "丙")
    fill("县一", "县二", place=COUNTY)
    fill("县三", place=COUNTY, at=after(1))
    assert names(office, MORNING)[:3] == ["甲", None, "丙"] and names(county, MORNING)[:3] == ["县三", "县二", None]
    assert leader_today(office, MORNING).leader == "甲" and leader_tomorrow(office, MORNING) is None
    assert board_of(office, MORNING).next_leader is None
    assert not changes(office) and [change.after for change in changes(county)] == ["县三"]
    assert [read(FILLED, one, MORNING).numerator for one in (office, county)] == [2, 2]
    hand_over(actor=county, day=TODAY, note="x", at=after(5))
    assert [read(UNWRITTEN, one, after(days=1)).value for one in (office, county)] == [1, 0]


def test_a_county_neither_swaps_nor_hands_over_the_city_s_days():
    county = an_actor(Role.COMMAND_OFFICE, COUNTY)
    fill("甲", "乙")
    refused("cannot_swap", swap, actor=county, first=day(0), second=day(1), why="", at=after(5))
    with pytest.raises(Http404):
        hand_over(actor=county, day=TODAY, note="x", at=after(5))


@pytest.mark.parametrize(("filled", "share"), [(0, 0), (1, 100 / 14), (13, 1300 / 14), (14, 100), (15, 100)])
def test_the_measure_counts_named_days_of_fourteen(office, filled, share):
    fill(*["甲"] * filled)
    reading = read(FILLED, office, MORNING)
    assert reading.value == pytest.approx(share) and reading.denominator == 14


def test_days_without_a_note_are_those_behind_us_and_blind_while_none_is(office):
    assert read(UNWRITTEN, office, MORNING).value is None
    fill(*["甲"] * 20)
    assert read(UNWRITTEN, office, MORNING).value is None
    for number in (0, 3):
        hand_over(actor=office, day=day(number), note="x", at=after(days=number))
    found = {days: read(UNWRITTEN, office, after(days=days)).value for days in (1, 2, 4, 14, 15, 18)}
    assert found == {1: 0, 2: 1, 4: 2, 14: 12, 15: 13, 18: 14}


def test_thirty_changes_are_shown_newest_first(office):
    for turn in range(33):
        fill(f"L{turn}", at=after(turn))
    found = changes(office)
    assert len(found) == 30 and (found[0].after, found[-1].after) == ("L32", "L3")
