"""Each step stands whole with the row that it is over, or not at all: nothing twice, nothing skipped."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core import clock
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.testing import a_city
from hucheng.entry import door as entry
from hucheng.exercises.replay.actions import ask_advance
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.play import finish, load, play, play_step, stands_at
from hucheng.exercises.replay.queries import played_up_to
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Step
from hucheng.exercises.testing import START, SmallStory, a_played_step, a_step, an_advance

pytestmark = pytest.mark.django_db


class PowerCut(BaseException):
    """Nothing catches it, as nothing catches a killed process."""


@pytest.fixture(autouse=True)
def an_exercise(settings):
    settings.HUCHENG_EXERCISE = True


def quiet(_line):
    """Tell nobody."""


def announces(number: str):
    def work(at):
        entry.announce_flight(
            actor=acting("airport"), number=number, origin="YYZ", destination="PEK", port="TYN",
            scheduled_landing=at + timedelta(hours=4), at=at,
        )  # fmt: skip

    return work


@pytest.fixture
def staffed():
    from hucheng.exercises.replay.staff import hire

    a_city()
    hire(START)


def test_a_step_leaves_its_row_and_the_clock_on_its_minute():
    seen = []
    assert play_step(a_step(5, seen.append)) is None
    row = PlayedStep.objects.get()
    assert seen == [START + timedelta(minutes=5)] and row.at == seen[0] and row.outcome == "played" and not row.code
    assert SimulatedClock.objects.get().shows == seen[0]
    assert AuditLine.objects.filter(act="exercises.replay.keep_step").count() == 1


def test_the_clock_stands_at_the_step_while_it_is_played():
    seen = []
    play_step(a_step(7, lambda at: seen.append(clock.now())))
    assert seen == [START + timedelta(minutes=7)]


def test_a_step_cut_in_the_middle_leaves_neither_act_nor_row(staffed):
    def cut(at):
        announces("XX1")(at)
        raise PowerCut

    with pytest.raises(PowerCut):
        play_step(a_step(5, cut))
    assert not PlayedStep.objects.exists() and not entry.Flight.objects.exists()
    assert not SimulatedClock.objects.exists()


def test_what_an_act_did_before_a_rule_refused_the_rest_stays(staffed):
    def half(at):
        announces("XX1")(at)
        announces("XX1")(at)

    no = play_step(a_step(5, half))
    row = PlayedStep.objects.get()
    assert no.code == row.code == "flight_known" and row.outcome == "refused"
    assert row.why_zh != row.why_en and "announced" in row.why_en
    assert entry.Flight.objects.count() == 1
    assert AuditLine.objects.filter(refused="flight_known").count() == 1


def test_a_step_about_something_out_of_sight_counts_as_refused():
    def blind(_at):
        raise Http404

    assert play_step(a_step(5, blind)).code == "not_found"
    assert PlayedStep.objects.get().outcome == "refused"


def test_a_step_without_a_room_is_kept_as_waiting():
    assert play_step(a_step(5, None)) is None
    assert PlayedStep.objects.get().outcome == "waiting"


def test_the_same_stretch_played_again_plays_nothing():
    seen = []
    story = SmallStory([a_step(n, seen.append) for n in (1, 2, 2 + 1)])
    for _again in range(2):
        play(story, START, story.pause, quiet)
    assert len(seen) == 3 == PlayedStep.objects.count()


@given(st.lists(st.integers(0, 5), min_size=1, max_size=9), st.lists(st.integers(0, 12), max_size=4))
def test_wherever_the_power_goes_each_step_is_played_once_and_in_order(gaps, cuts):
    """Steps may share a minute; a cut comes before, or in the middle of, any of them."""
    with transaction.atomic():
        seen, pending = [], sorted(cut for cut in cuts if cut < len(gaps))
        minutes = [sum(gaps[: n + 1]) + 1 for n in range(len(gaps))]

        def work(number):
            def doing(_at):
                Organisation.objects.create(code=f"X{number}", place="140100", name_zh="x", name_en="x", kind="x")
                if pending and pending[0] == number:
                    pending.pop(0)
                    raise PowerCut
                seen.append(number)

            return doing

        steps = [
            Step(a_step(minute).at, "tasks.assign", work(number), f"{minute}/{number}")
            for number, minute in enumerate(minutes)
        ]
        story = SmallStory(steps)
        for _start in range(len(pending) + 1):
            with suppress(PowerCut):
                play(story, stands_at(story) - timedelta(microseconds=1), story.pause, quiet)
        assert not pending
        assert seen == list(range(len(steps)))
        assert Organisation.objects.filter(code__startswith="X").count() == len(steps)
        transaction.set_rollback(True)


def test_the_clock_never_goes_back_though_a_step_is_overdue():
    later = START + timedelta(hours=5)
    set_simulated_clock(actor=SYSTEM, at=later)
    seen = []
    story = SmallStory([a_step(30, seen.append), a_step(600, seen.append)])
    play(story, START, START + timedelta(hours=2), quiet)
    assert seen == [START + timedelta(minutes=30)] and clock.now() >= later
    play(story, START, story.pause, quiet)
    assert seen[1:] == [story.pause] and clock.now() >= story.pause


def test_steps_that_came_due_while_people_looked_are_not_skipped():
    """The clock runs on between two advances; what fell into that time is played with the next one."""
    seen = []
    story = SmallStory([a_step(10, seen.append), a_step(20, seen.append), a_step(300, seen.append)])
    play(story, START, START + timedelta(minutes=10), quiet)
    set_simulated_clock(actor=SYSTEM, at=START + timedelta(minutes=40))
    advance = ask_advance(
        actor=SYSTEM, since=stands_at(story), until=START + timedelta(minutes=100), end=story.end, at=clock.now()
    )
    finish(story, advance, quiet)
    assert len(seen) == 2 and Advance.objects.get().ended_on


def test_a_demonstration_of_an_older_make_goes_on_from_its_clock():
    """Without rows of played steps the clock alone says how far the story is."""
    set_simulated_clock(actor=SYSTEM, at=START + timedelta(minutes=15))
    story = SmallStory([a_step(10), a_step(20)])
    assert stands_at(story) == START + timedelta(minutes=15)
    a_played_step(12)
    assert stands_at(story) == START + timedelta(minutes=12) == played_up_to(SYSTEM)


def test_before_anything_the_story_stands_before_its_start():
    assert stands_at(SmallStory([a_step(1)])) < START


def test_a_load_cut_short_goes_on_and_founds_the_city_once():
    seen, lights = [], [False]

    def cut(at):
        if not lights[0]:
            raise PowerCut
        seen.append(at)

    story = SmallStory([a_step(1, seen.append), a_step(2, cut), a_step(3, seen.append)])
    with pytest.raises(PowerCut):
        load(story, quiet)
    assert Advance.objects.get().ended_on is None and len(seen) == 1
    lights[0] = True
    load(story, quiet)
    load(story, quiet)
    keys = list(PlayedStep.objects.values_list("key", flat=True))
    assert sorted(keys) == sorted(["city.found", "step 1", "step 2", "step 3", "traveller.name"])
    assert len(seen) == 3 and Advance.objects.get().ended_on


def test_a_refusal_is_told_and_given_back():
    def refuse(_at):
        raise Refusal("no_room", why="full", do="wait")

    told = []
    story = SmallStory([a_step(1, refuse), a_step(2, lambda at: None, "flight.land"), a_step(3, lambda at: None)])
    refused = play(story, START, story.pause, told.append)
    assert [(act, no.code) for act, no in refused] == [("tasks.assign", "no_room")]
    assert len(told) == 2 and "no_room" in told[0] and "flight.land" in told[1]


@pytest.mark.parametrize(
    "wrong",
    [{"outcome": "refused", "code": ""}, {"outcome": "played", "code": "full"}, {"outcome": "waiting", "code": "x"}],
)
def test_the_database_refuses_a_refusal_without_code_and_a_code_without_refusal(wrong):
    with pytest.raises(IntegrityError, match="a_refused_step_says_why"):
        a_played_step(1, **wrong)


def test_the_database_refuses_the_same_step_twice_and_a_step_rewritten():
    row = a_played_step(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_played_step(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlayedStep.objects.filter(pk=row.pk).update(outcome="waiting")


def test_the_database_refuses_two_open_advances_and_one_that_goes_back():
    an_advance(ended_on=START)
    an_advance()
    with pytest.raises(IntegrityError), transaction.atomic():
        an_advance()
    with pytest.raises(IntegrityError, match="an_advance_goes_forward"), transaction.atomic():
        an_advance(hours=-1, ended_on=START)
