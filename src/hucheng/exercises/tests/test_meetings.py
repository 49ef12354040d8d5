"""The leading group's side of the story, through its own acts."""

from datetime import date

import pytest

from hucheng.command.directives.models import Directive
from hucheng.command.meetings.models import Meeting
from hucheng.command.supervision.queries import open_lines
from hucheng.command.tasks.models import Task
from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.engines.minutes import clean, damage
from hucheng.exercises.replay import meetings
from hucheng.exercises.replay.play import found_city
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.story import Story, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    made = Story("taiyuan-2020")
    found_city(made)
    return made


def played(story, until):
    """Only the leading group's acts up to a time."""
    for event in story.written["events"]:
        act, at = meetings.works().get(event["act"]), moment(event["at"])
        if act and at <= moment(until):
            act(event.get("with", {}), at)


def test_the_own_minutes_survive_their_damage():
    own = meetings.own_minutes()
    assert damage(own) != own and clean(damage(own)).text == own


def test_the_43rd_meeting_ends_as_the_scenario_expects(story):
    played(story, "2020-03-24T20:30")
    office, evening = acting("office"), moment("2020-03-24T20:30")
    meeting = Meeting.objects.get(number=43)
    assert meeting.held_on == date(2020, 3, 24) and len(meeting.edits) > 100
    counting = meeting.directives.filter(state=Directive.State.PUBLISHED, kind__in=("action", "outcome"))
    assert counting.count() == 39
    assert read("command.directives.owned", office, evening).value == 100
    assert read("command.duty.roster_filled_14d", office, evening).value == 100
    assert read("command.tasks.bodies_set_up", office, evening).value < 100
    assert not [line for line in open_lines(SYSTEM, evening) if line.reading is None and line.standing == 4]


def test_the_bodies_stand_the_next_morning_and_repeats_are_found(story):
    played(story, "2020-04-02T18:00")
    office = acting("office")
    assert read("command.tasks.bodies_set_up", office, moment("2020-03-25T08:30")).value == 100
    assert read("command.directives.repeated_without_movement", office, moment("2020-04-02T18:00")).value >= 1
    assert (
        Task.objects.filter(parent=None).values("directive").distinct().count()
        == Task.objects.filter(parent=None).count()
    )


@pytest.mark.parametrize("name", ["seed", "A", "B", "C"])
def test_any_minutes_stand_in_for_the_own_ones(story, name, reference, monkeypatch):
    monkeypatch.setenv("HUCHENG_DEMO_MINUTES", str(next((reference / "minutes").glob(f"{name}.txt"))))
    played(story, "2020-03-24T20:30")
    assert Meeting.objects.exclude(number=42).get().directives.filter(state=Directive.State.PUBLISHED).exists()
