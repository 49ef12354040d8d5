"""Work done later: queued only when the act stands, tried again with growing waits, done once a day and never twice."""

import inspect
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core import clock
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.jobs.jobs import DAILY, Daily, after_commit, daily, job
from hucheng.core.jobs.models import DailyRun
from hucheng.core.jobs.queries import failed_today, pieces_due
from hucheng.core.jobs.rounds import run_due
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 3, 24, 4, 0, tzinfo=UTC)
"""12:00 in the city."""
DONE: list[str] = []


@job()
def writes(word: str) -> None:
    DONE.append(word)


@job(tries=3, first_wait=timedelta(seconds=10))
def breaks(word: str, fault: str) -> None:
    DONE.append(word)
    raise {"disk": OSError, "database": DatabaseError, "programme": ValueError}[fault](word)


@pytest.fixture(autouse=True)
def own_calendar(monkeypatch):
    """Nothing runs daily but what the test names; nothing is done yet; the worker stays in the test's transaction."""
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    for name in list(DAILY):
        monkeypatch.delitem(DAILY, name)
    kept = dict(DAILY)
    DONE.clear()
    yield
    DAILY.clear()
    DAILY.update(kept)


def names(runs):
    return [run.name for run in runs]


def work_off(rounds: int = 1) -> None:
    for _round in range(rounds):
        call_command("db_worker", batch=True, startup_delay=False, verbosity=0)


def overdue() -> None:
    """What waits for its next try is due at once."""
    DBTaskResult.objects.filter(status="READY").update(run_after=datetime(2020, 1, 1, tzinfo=UTC))


class TestQueue:
    def test_a_job_waits_for_the_commit_of_the_act_that_names_it(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            after_commit(writes, word="a")
            assert not DBTaskResult.objects.exists()
        assert DBTaskResult.objects.get().status == "READY" and DONE == []

    def test_an_act_that_is_undone_leaves_no_job(self, django_capture_on_commit_callbacks):
        with (
            django_capture_on_commit_callbacks(execute=True) as promised,
            pytest.raises(Refusal),
            transaction.atomic(),
        ):
            after_commit(writes, word="a")
            raise Refusal("no", why="a", do="b")
        assert promised == [] and not DBTaskResult.objects.exists()

    def test_jobs_are_done_in_the_order_in_which_they_were_queued(self):
        for word in "abc":
            writes.enqueue(word=word)
        work_off()
        assert DONE == ["a", "b", "c"] and set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}

    def test_a_job_that_is_done_is_not_done_again(self):
        writes.enqueue(word="a")
        work_off(3)
        assert DONE == ["a"]

    def test_a_job_that_one_worker_took_is_not_taken_by_another(self):
        """Both look at the same moment; the one that comes second finds nothing to take."""
        writes.enqueue(word="a")
        first = DBTaskResult.objects.ready().first()
        first.claim("worker-1")
        assert DBTaskResult.objects.ready().first() is None
        work_off()
        assert DONE == []

    def test_arguments_that_no_queue_can_keep_are_refused_at_once(self):
        with pytest.raises(TypeError):
            writes.enqueue(word=object())
        assert not DBTaskResult.objects.exists()


class TestTryingAgain:
    @pytest.mark.parametrize("fault", ["disk", "database"])
    def test_it_is_tried_as_often_as_it_says_waits_longer_each_time_and_then_stands_as_failed(self, fault, caplog):
        start = clock.wall_time()
        breaks.enqueue(word="x", fault=fault)
        waits = []
        for _try in range(3):
            work_off()
            waiting = DBTaskResult.objects.filter(status="READY").first()
            waits.append(waiting and round((waiting.run_after - start).total_seconds() / 10))
            overdue()
        assert DONE == ["x", "x", "x"] and waits == [1, 2, None]
        assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL", "SUCCESSFUL"]
        assert "failed at try 1" in caplog.text and "failed at try 2" in caplog.text

    def test_a_job_that_waits_is_left_alone_until_its_time(self):
        breaks.enqueue(word="x", fault="disk")
        work_off(3)
        assert DONE == ["x"] and DBTaskResult.objects.filter(status="READY").count() == 1

    def test_a_fault_of_the_programme_is_not_tried_again_and_is_kept_with_its_words(self):
        breaks.enqueue(word="x", fault="programme")
        work_off()
        failed = DBTaskResult.objects.get()
        assert DONE == ["x"] and failed.status == "FAILED"
        assert failed.exception_class_path == "builtins.ValueError" and "ValueError: x" in failed.traceback

    def test_one_that_fails_holds_up_no_other(self):
        breaks.enqueue(word="x", fault="programme")
        writes.enqueue(word="a")
        work_off()
        assert DONE == ["x", "a"]

    def test_without_a_word_of_its_own_a_job_is_tried_five_times_over_seven_and_a_half_minutes(self):
        usual = {name: asked.default for name, asked in inspect.signature(job).parameters.items()}
        waits = [usual["first_wait"] * 2**n for n in range(usual["tries"] - 1)]
        assert usual["tries"] == 5 and sum(waits, timedelta(0)) == timedelta(minutes=7, seconds=30)


class TestEveryDay:
    def at(self, hour, name="p", work=None):
        daily(name, at=time(hour))(work or (lambda at: DONE.append(name)))

    @given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 60 * 24 - 1))
    def test_a_piece_is_due_from_its_minute_to_midnight_of_the_city(self, hour, minute, now):
        with transaction.atomic():
            DAILY["p"] = Daily("p", time(hour, minute), lambda at: None)
            moment = datetime(2020, 3, 23, 16, tzinfo=UTC) + timedelta(minutes=now)
            assert bool(pieces_due(moment)) == (now >= hour * 60 + minute)
            DAILY.clear()
            transaction.set_rollback(True)

    def test_the_days_of_the_city_are_counted_and_not_those_of_utc(self):
        self.at(1)
        late, early = datetime(2020, 3, 24, 15, 59, tzinfo=UTC), datetime(2020, 3, 24, 17, 1, tzinfo=UTC)
        assert names(run_due(actor=SYSTEM, at=late)) == ["p"] and names(run_due(actor=SYSTEM, at=early)) == ["p"]
        assert [row.day.isoformat() for row in DailyRun.objects.order_by("day")] == ["2020-03-24", "2020-03-25"]

    def test_each_piece_is_told_the_moment_and_leaves_a_row_with_it(self):
        self.at(8, work=lambda at: DONE.append(at))
        run_due(actor=SYSTEM, at=NOON)
        assert DONE == [NOON] and DailyRun.objects.get().ran_at == NOON

    def test_pieces_of_one_hour_run_by_name(self):
        for name in ("c", "a", "b"):
            self.at(8, name)
        assert names(run_due(actor=SYSTEM, at=NOON)) == ["a", "b", "c"] == DONE

    def test_a_worker_that_slept_for_days_runs_each_piece_once(self):
        self.at(8)
        run_due(actor=SYSTEM, at=NOON)
        assert names(run_due(actor=SYSTEM, at=NOON + timedelta(days=3))) == ["p"] and DONE == ["p", "p"]

    def test_a_piece_that_another_worker_began_in_between_is_not_run_again(self, monkeypatch):
        """The other one's row appears after this one has looked at what is due."""
        self.at(8)
        due = pieces_due(NOON)
        DailyRun.objects.create(name="p", day=NOON.date(), ran_at=NOON)
        monkeypatch.setattr("hucheng.core.jobs.rounds.pieces_due", lambda at: due)
        assert names(run_due(actor=SYSTEM, at=NOON)) == [] == DONE

    def test_the_database_refuses_a_second_run_of_a_day(self):
        for day in ("2020-03-24", "2020-03-25"):
            DailyRun.objects.create(name="p", day=day, ran_at=NOON)
        with pytest.raises(IntegrityError), transaction.atomic():
            DailyRun.objects.create(name="p", day="2020-03-24", ran_at=NOON)

    def test_a_piece_that_crashes_undoes_nothing_but_itself_and_is_told_without_words(self, caplog, settings):
        settings.HUCHENG_EXERCISE = True

        def crashes(at):
            set_simulated_clock(actor=SYSTEM, at=at)
            raise KeyError("王某某")

        self.at(7, "early")
        self.at(8, "crashes", crashes)
        self.at(9, "late")
        assert names(run_due(actor=SYSTEM, at=NOON)) == ["early", "crashes", "late"] and DONE == ["early", "late"]
        (failed,) = failed_today(NOON)
        assert failed.failure.startswith("KeyError, test_jobs.py:") and failed.failure.endswith(" crashes")
        assert not SimulatedClock.objects.exists()
        assert "crashes failed at try 1" in caplog.text and "王某某" not in caplog.text + failed.failure
        assert AuditLine.objects.filter(act="core.jobs.run_piece").count() == 3

    def test_what_crashed_is_tried_five_times_with_waits_that_double_and_given_up_for_the_day(self):
        def crashes(at):
            DONE.append(at)
            raise OSError("disk")

        self.at(8, work=crashes)
        for minute in range(60):
            run_due(actor=SYSTEM, at=NOON + timedelta(seconds=30 * minute))
        assert [(at - NOON).total_seconds() / 30 for at in DONE] == [0, 1, 3, 7, 15]
        (failed,) = failed_today(NOON)
        assert failed.tries == 5 and failed.again_at is None
        assert names(run_due(actor=SYSTEM, at=NOON + timedelta(days=1))) == ["p"]

    def test_what_crashed_and_is_done_at_a_later_try_is_told_no_more(self):
        def crashes_once(at):
            DONE.append("p")
            if len(DONE) == 1:
                raise OSError("disk")

        self.at(8, work=crashes_once)
        run_due(actor=SYSTEM, at=NOON)
        assert failed_today(NOON)[0].again_at == NOON + timedelta(seconds=30)
        run_due(actor=SYSTEM, at=NOON + timedelta(seconds=30))
        assert failed_today(NOON) == [] and run_due(actor=SYSTEM, at=NOON + timedelta(hours=1)) == []

    def test_what_a_rule_refuses_is_told_with_its_code_and_not_tried_again(self):
        def refuses(at):
            raise Refusal("nothing_due", why="a", do="b")

        self.at(8, work=refuses)
        run_due(actor=SYSTEM, at=NOON)
        (failed,) = failed_today(NOON)
        assert failed.failure == "Refusal nothing_due" and pieces_due(NOON + timedelta(hours=3)) == []

    def test_the_database_lets_nothing_be_tried_again_that_did_not_fail(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            DailyRun.objects.create(name="p", day=NOON.date(), ran_at=NOON, again_at=NOON)

    def test_the_worker_says_what_failed(self, capsys):
        def crashes(at):
            raise OSError("disk")

        self.at(8, work=crashes)
        with clock.frozen_at(NOON):
            call_command("run_jobs", once=True)
        assert "daily work failed: p: OSError" in capsys.readouterr().err

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM])
    def test_nobody_but_the_house_itself_runs_them(self, role):
        self.at(8)
        with pytest.raises(Refusal) as no:
            run_due(actor=Actor(None, CITY, role, "U1"), at=NOON)
        assert no.value.code == "role_may_not" and DONE == []

    def test_a_name_registered_anew_takes_the_place_of_the_old_one(self):
        self.at(8)
        self.at(13)
        assert pieces_due(NOON) == [] and len(DAILY) == 1

    def test_the_command_does_the_daily_work_and_then_the_queue(self):
        self.at(8, work=lambda at: writes.enqueue(word="queued by the day"))
        with clock.frozen_at(NOON):
            call_command("run_jobs", once=True)
        assert DONE == ["queued by the day"]
