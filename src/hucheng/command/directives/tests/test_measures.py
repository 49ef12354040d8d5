"""Owners of what was published, and demands that were repeated while nothing moved."""

from datetime import timedelta

import pytest

from hucheng.command.directives.actions import assign, edit, publish
from hucheng.command.directives.models import Directive
from hucheng.command.measures.models import KeptReading
from hucheng.command.meetings.actions import receive_minutes
from hucheng.command.testing import DAY, MINUTES, a_meeting, a_published_meeting, given, the_directive
from hucheng.core.measures import read
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
OWNED, REPEATED = "command.directives.owned", "command.directives.repeated_without_movement"
HIGHER, LOWER, ZERO = (
    "command.tasks.bodies_set_up",
    "command.supervision.load_per_county",
    "command.duty.days_without_handover",
)
NUMBERS = ("四十二", "四十三", "四十四", "四十五")


def reading(name, at, place=CITY):
    found = read(name, an_actor(Role.LEADING_GROUP, place), at)
    return found.value, found.numerator, found.denominator


def kept(value, at, measure=HIGHER, place=CITY):
    KeptReading.objects.create(measure=measure, place=place, at=at, value=value)


def demanded(times, measure=HIGHER, clause=15, words="征用"):
    """The same line of work published at so many meetings, one a day from the first morning on."""
    office = an_actor(Role.COMMAND_OFFICE)
    for turn in range(times):
        text = MINUTES.replace("四十二", NUMBERS[turn])
        at = after(days=turn)
        meeting = receive_minutes(actor=office, name="m.txt", data=text.encode(), article_date=DAY, at=at)
        terms = given(measure=measure, clause=clause, due=after(days=30))
        assign(actor=office, directive_id=the_directive(meeting, words).pk, given=terms, at=at)
        publish(actor=office, meeting_id=meeting.pk, at=at)


def test_nothing_published_is_nothing_to_own():
    a_meeting()
    assert reading(OWNED, after(10)) == (None, 0, 0)


def test_a_published_demand_without_lead_counts_as_unowned_until_it_has_one(office):
    known = a_published_meeting()
    assert reading(OWNED, after(30)) == (50, 1, 2)
    bare = Directive.objects.get(meeting=known["meeting_id"], state="published", lead=None)
    assign(actor=office, directive_id=bare.pk, given=given(measure="", no_measure="以文件为准"), at=after(40))
    assert [reading(OWNED, after(minutes)) for minutes in (39, 40)] == [(50, 1, 2), (100, 2, 2)]


@pytest.mark.parametrize("kind", ["heading", "stance"])
def test_headings_and_stances_need_no_owner(office, kind):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    edit(actor=office, directive_id=one.pk, text=one.text, kind=kind, theme=one.theme, at=after(5))
    assign(actor=office, directive_id=one.pk, given=given(), at=after(6))
    publish(actor=office, meeting_id=meeting.pk, at=after(7))
    assert reading(OWNED, after(10)) == (None, 0, 0)


def test_what_is_published_counts_from_then_on_and_in_its_place():
    a_published_meeting()
    assert reading(OWNED, after(19)) == (None, 0, 0) and reading(OWNED, after(20))[2] == 2
    assert reading(OWNED, after(30), COUNTY) == reading(OWNED, after(30), "110000") == (None, 0, 0)


@pytest.mark.parametrize(("times", "still"), [(1, 0), (2, 0), (3, 1), (4, 1)])
def test_a_demand_counts_as_repeated_from_the_third_meeting_on(times, still):
    demanded(times)
    assert reading(REPEATED, after(days=9))[0] == still


def test_demands_of_another_line_or_under_another_measure_are_no_repeats():
    demanded(2)
    demanded_more = NUMBERS[2:]
    office = an_actor(Role.COMMAND_OFFICE)
    for turn, (number, terms) in enumerate(zip(demanded_more, ({"clause": 12}, {"measure": LOWER}), strict=True)):
        meeting = receive_minutes(
            actor=office, name="m.txt", data=MINUTES.replace("四十二", number).encode(), article_date=DAY,
            at=after(days=5 + turn),
        )  # fmt: skip
        fields = {"clause": 15, "due": after(days=30)} | terms
        one = the_directive(meeting, "征用")
        assign(actor=office, directive_id=one.pk, given=given(**fields), at=after(days=5 + turn))
        publish(actor=office, meeting_id=meeting.pk, at=after(days=5 + turn))
    assert reading(REPEATED, after(days=9))[0] == 0


def test_what_is_likened_to_no_line_or_has_no_measure_is_never_a_repeat():
    demanded(3, clause=None)
    assert reading(REPEATED, after(days=9))[0] == 0
    Directive.objects.filter(state="published").exclude(measure="").update(clause=15, measure="", no_measure="x")
    assert reading(REPEATED, after(days=9))[0] == 0


@pytest.mark.parametrize(
    ("measure", "first", "last", "still"),
    [
        (HIGHER, 50, 60, 0),
        (HIGHER, 50, 50, 1),
        (HIGHER, 60, 50, 1),
        (LOWER, 20, 10, 0),
        (LOWER, 10, 20, 1),
        (ZERO, 3, 1, 0),
        (ZERO, 1, 3, 1),
        (HIGHER, None, 60, 1),
        (HIGHER, 50, None, 1),
    ],
)
def test_a_measure_moved_when_it_went_the_better_way_between_the_meetings(measure, first, last, still):
    demanded(3, measure=measure)
    for value, day in ((first, 0), (last, 2)):
        if value is not None:
            kept(value, after(days=day) - timedelta(minutes=5), measure)
    if last is None:
        kept(None, after(days=2) - timedelta(minutes=5), measure)
    assert reading(REPEATED, after(days=9))[0] == still


def test_only_the_last_three_meetings_are_compared():
    demanded(4)
    for value, day in ((10, 0), (90, 1), (90, 3)):
        kept(value, after(days=day) - timedelta(minutes=5))
    assert reading(REPEATED, after(days=2.5))[0] == 0
    assert reading(REPEATED, after(days=9))[0] == 1


def test_a_reading_of_another_place_or_after_the_last_meeting_moves_nothing():
    demanded(3)
    kept(50, MORNING - timedelta(minutes=5))
    kept(90, after(days=2) - timedelta(minutes=5), place=COUNTY)
    kept(90, after(days=3))
    assert reading(REPEATED, after(days=9))[0] == 1


def test_repeats_are_told_as_they_were_at_the_time_asked():
    demanded(3)
    assert [reading(REPEATED, after(days=day))[0] for day in (1.9, 2)] == [0, 1]
