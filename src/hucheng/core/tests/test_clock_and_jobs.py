"""One clock, and work that is done once a day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command

from hucheng.core import clock
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.clock.queries import shown_when_last_set
from hucheng.core.jobs.jobs import DAILY, after_commit, daily, job
from hucheng.core.jobs.queries import pieces_due
from hucheng.core.jobs.rounds import run_due
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 24, 0, 30, tzinfo=UTC)
SEEN: list[str] = []


@job()
def note(word: str) -> None:
    SEEN.append(word)


@job(tries=2, first_wait=timedelta(0))
def fails(word: str) -> None:
    SEEN.append(word)
    raise OSError("disk")


def names(runs):
    return [run.name for run in runs]


@pytest.fixture(autouse=True)
def nothing_seen():
    SEEN.clear()
    yield
    DAILY.pop("test", None)


def test_a_frozen_clock_stands():
    with clock.frozen_at(AT):
        assert clock.now() == AT and clock.today().isoformat() == "2020-03-24"
    assert clock.now() > AT


def test_naive_times_are_refused():
    with pytest.raises(ValueError), clock.frozen_at(datetime(2020, 3, 24)):
        pass


def test_the_real_clock_is_never_set():
    with pytest.raises(Refusal) as no:
        set_simulated_clock(actor=SYSTEM, at=AT)
    assert no.value.code == "no_exercise"


def test_an_exercise_goes_on_from_the_time_it_was_set(settings):
    settings.HUCHENG_EXERCISE = True
    set_simulated_clock(actor=SYSTEM, at=AT)
    assert timedelta(0) <= clock.now() - AT < timedelta(seconds=10) and shown_when_last_set() == AT


def test_daily_work_runs_once_after_its_hour(monkeypatch):
    for name in list(DAILY):
        monkeypatch.delitem(DAILY, name)
    daily("test", at=time(8))(lambda at: SEEN.append(str(at)))
    assert run_due(actor=SYSTEM, at=AT - timedelta(hours=1)) == []
    assert names(run_due(actor=SYSTEM, at=AT)) == ["test"]
    assert run_due(actor=SYSTEM, at=AT + timedelta(hours=5)) == []
    assert names(run_due(actor=SYSTEM, at=AT + timedelta(days=1))) == ["test"]
    assert len(SEEN) == 2


@pytest.mark.django_db(transaction=False)
def test_a_job_is_queued_on_commit_and_done_by_the_worker(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        after_commit(note, word="done")
        assert SEEN == []
    call_command("run_jobs", once=True)
    assert SEEN == ["done"]


def test_a_failing_job_runs_again_and_then_stands_as_failed(django_capture_on_commit_callbacks):
    from django_tasks_db.models import DBTaskResult

    with django_capture_on_commit_callbacks(execute=True):
        after_commit(fails, word="try")
    call_command("run_jobs", once=True)
    call_command("run_jobs", once=True)
    assert SEEN == ["try", "try"]
    assert "FAILED" in set(DBTaskResult.objects.values_list("status", flat=True))


@pytest.fixture
def own_calendar(monkeypatch):
    """Nothing runs daily but what the test names."""
    for name in list(DAILY):
        monkeypatch.delitem(DAILY, name)
    yield
    for name in ("early", "late", "refuses", "writes"):
        DAILY.pop(name, None)


def test_daily_work_that_a_rule_refuses_holds_up_no_other_and_is_not_tried_all_day(own_calendar, caplog):
    def refuse(at):
        SEEN.append("refuses")
        raise Refusal("nothing_due", why="empty", do="wait")

    daily("refuses", at=time(7))(refuse)
    daily("late", at=time(8))(lambda at: SEEN.append("late"))
    assert names(run_due(actor=SYSTEM, at=AT)) == ["refuses", "late"]
    assert run_due(actor=SYSTEM, at=AT + timedelta(hours=1)) == []
    assert SEEN == ["refuses", "late"] and "nothing_due" in caplog.text


def test_what_a_refused_piece_began_is_undone_and_the_others_stand(own_calendar):
    def half(at):
        set_simulated_clock(actor=SYSTEM, at=at)

    daily("writes", at=time(7))(half)
    daily("late", at=time(8))(lambda at: SEEN.append("late"))
    assert names(run_due(actor=SYSTEM, at=AT)) == ["writes", "late"]
    with pytest.raises(SimulatedClock.DoesNotExist):
        shown_when_last_set()


def test_daily_work_is_due_in_the_order_of_its_hours_and_not_before_them(own_calendar):
    daily("late", at=time(9))(lambda at: None)
    daily("early", at=time(6))(lambda at: None)
    assert [piece.name for piece in pieces_due(AT)] == ["early"]
    assert [piece.name for piece in pieces_due(AT + timedelta(hours=2))] == ["early", "late"]
    run_due(actor=SYSTEM, at=AT)
    assert [piece.name for piece in pieces_due(AT + timedelta(hours=2))] == ["late"]
    assert [piece.name for piece in pieces_due(AT + timedelta(days=1))] == ["early"]


def test_rounds_without_anything_due_leave_no_line(own_calendar):
    """The worker looks every second; its looks are no acts."""
    daily("early", at=time(0))(lambda at: SEEN.append("early"))
    for _round in range(3):
        with clock.frozen_at(AT):
            call_command("run_jobs", once=True)
    assert SEEN == ["early"]
    assert AuditLine.objects.filter(act="core.jobs.run_piece").count() == 1
