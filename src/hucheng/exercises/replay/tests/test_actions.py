"""Asking that the story goes on: who may, when it is refused, what stands afterwards."""

from datetime import timedelta

import pytest
from django.http import Http404
from django_tasks_db.models import DBTaskResult

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import OTHER_COUNTY, an_actor
from hucheng.exercises.replay import background
from hucheng.exercises.replay.actions import ask_advance, end_advance, keep_step
from hucheng.exercises.replay.background import play_on, take_up_again, wish
from hucheng.exercises.replay.lock import PLAYING, only_one
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.queries import progress, stopped
from hucheng.exercises.testing import START, SmallStory, a_played_step, a_step, an_advance

pytestmark = pytest.mark.django_db
END = START + timedelta(days=3)


@pytest.fixture(autouse=True)
def an_exercise(settings, tmp_path):
    settings.HUCHENG_EXERCISE = True
    settings.HOME = tmp_path


@pytest.fixture
def small(monkeypatch):
    """The job plays a small story of two steps."""
    seen = []
    story = SmallStory([a_step(10, seen.append), a_step(50, seen.append)])
    monkeypatch.setattr(background, "Story", lambda name: story)
    return seen


def ask(actor, hours=1, **changed):
    given = {"since": START, "until": START + timedelta(hours=hours), "end": END, "at": START}
    return ask_advance(actor=actor, **(given | changed))


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_leaders_and_office_let_the_story_go_on(role):
    actor = an_actor(role)
    asked = ask(actor)
    assert asked.ended_on is None and asked.asked_by_id == actor.user_id
    assert AuditLine.objects.get(act="exercises.replay.ask_advance").role == role


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.SYSTEM)])
def test_nobody_else_may(role):
    with pytest.raises(Refusal) as no:
        ask(an_actor(role, unit="U1" if role in UNIT_ROLES else ""))
    assert no.value.code == "role_may_not" and not Advance.objects.exists()


def test_the_story_never_goes_beyond_its_end():
    assert ask(SYSTEM, hours=1000).until == END


@pytest.mark.parametrize("hours", [0, -3])
def test_there_must_be_something_to_play(hours):
    with pytest.raises(Refusal) as no:
        ask(SYSTEM, hours)
    assert no.value.code == "story_over"


def test_behind_the_end_there_is_nothing_to_play():
    with pytest.raises(Refusal) as no:
        ask(SYSTEM, 1000, since=END)
    assert no.value.code == "story_over"


def test_two_at_once_are_refused_and_the_refusal_leaves_a_line():
    ask(SYSTEM)
    with pytest.raises(Refusal) as no:
        ask(an_actor(Role.COMMAND_OFFICE), 5)
    assert no.value.code == "advance_running" and Advance.objects.count() == 1
    assert AuditLine.objects.filter(refused="advance_running").count() == 1


def test_outside_an_exercise_no_clock_is_advanced(settings):
    settings.HUCHENG_EXERCISE = False
    with pytest.raises(Refusal) as no:
        ask(an_actor(Role.COMMAND_OFFICE))
    assert no.value.code == "no_exercise"


def test_an_advance_ends_once_and_a_new_one_may_follow():
    first = ask(SYSTEM)
    ended = end_advance(actor=SYSTEM, advance_id=first.pk, at=START).ended_on
    assert end_advance(actor=SYSTEM, advance_id=first.pk, at=END).ended_on == ended
    assert ask(SYSTEM, 2).pk != first.pk


def test_another_place_asks_and_ends_nothing():
    with pytest.raises(Http404):
        ask(an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY))
    first = ask(SYSTEM)
    with pytest.raises(Http404):
        end_advance(actor=an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY), advance_id=first.pk, at=START)
    assert Advance.objects.get().ended_on is None


def test_only_the_house_itself_keeps_steps():
    with pytest.raises(Refusal):
        keep_step(
            actor=an_actor(Role.COMMAND_OFFICE), step=a_step(1), outcome=PlayedStep.Outcome.PLAYED, no=None,
            advance_id=None, at=START,
        )  # fmt: skip
    assert not PlayedStep.objects.exists()


def test_a_wish_is_queued_once_it_stands_and_played_by_the_worker(small, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = wish(actor=an_actor(Role.COMMAND_OFFICE), until=START + timedelta(hours=1), at=START)
        assert not DBTaskResult.objects.exists()
    queued = DBTaskResult.objects.get()
    assert queued.args_kwargs["kwargs"]["advance_id"] == str(asked.pk)
    play_on.func(advance_id=str(asked.pk))
    assert len(small) == 2 and Advance.objects.get().ended_on
    assert set(PlayedStep.objects.values_list("advance", flat=True)) == {asked.pk}


def test_the_job_of_an_advance_that_is_over_does_nothing(small):
    done = an_advance(ended_on=START)
    play_on.func(advance_id=str(done.pk))
    assert small == [] and not PlayedStep.objects.exists()


def test_the_job_of_one_advance_never_plays_another(small):
    done = an_advance(ended_on=START)
    an_advance()
    play_on.func(advance_id=str(done.pk))
    assert small == []


def test_while_another_process_plays_the_job_leaves_it_alone(small, tmp_path):
    asked = an_advance()
    with only_one(tmp_path, PLAYING) as mine:
        assert mine
        play_on.func(advance_id=str(asked.pk))
    assert small == [] and Advance.objects.get().ended_on is None


def test_the_lock_is_free_again_after_its_block(tmp_path):
    for _time in range(2):
        with only_one(tmp_path / "new", PLAYING) as mine:
            assert mine
            with only_one(tmp_path / "new", PLAYING) as other:
                assert not other


def test_a_new_worker_takes_up_what_the_dead_one_left():
    assert not take_up_again() and not DBTaskResult.objects.exists()
    asked = an_advance()
    assert take_up_again()
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"advance_id": str(asked.pk)}


def fail(advance):
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {"advance_id": str(advance.pk)}}, task_path="x", run_after=START,
        backend_name="default", status="FAILED",
    )  # fmt: skip


def test_an_advance_that_stopped_for_good_makes_way_for_a_new_wish(small):
    left = an_advance()
    fail(an_advance(ended_on=START))
    with pytest.raises(Refusal):
        wish(actor=SYSTEM, until=START + timedelta(hours=1), at=START)
    fail(left)
    assert stopped(left)
    asked = wish(actor=SYSTEM, until=START + timedelta(hours=1), at=START)
    left.refresh_from_db()
    assert left.ended_on and asked.ended_on is None


def test_progress_tells_how_far_and_by_what():
    assert progress(SYSTEM) is None
    advance = an_advance(hours=2)
    now = progress(SYSTEM)
    assert (now.percent, now.left, now.steps, now.last, now.last_name) == (0, 100, 0, None, "") and now.quiet
    a_played_step(30, "flight.land", advance=advance)
    a_played_step(90, "checks.run")
    now = progress(SYSTEM)
    assert (now.percent, now.steps, now.last.act) == (25, 1, "flight.land") and not now.quiet and not now.stopped
