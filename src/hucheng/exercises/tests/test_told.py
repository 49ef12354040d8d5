"""What `hucheng demo` tells, and the worker that goes on: in this process, over the database of the tests."""

import os
from datetime import timedelta

import click
import pytest
from click.testing import CliRunner
from django_tasks_db.models import DBTaskResult

from hucheng.core import clock
from hucheng.core.clock.actions import set_simulated_clock
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.clock.queries import shown_when_last_set
from hucheng.core.scope.actor import SYSTEM
from hucheng.entry.testing import a_flight
from hucheng.exercises import command, worker
from hucheng.exercises.command import LOADED, MARK
from hucheng.exercises.replay import play, story
from hucheng.exercises.replay.lock import PLAYING, SERVING
from hucheng.exercises.replay.models import Advance, PlayedStep
from hucheng.exercises.replay.staff import COLLEAGUES, PASSWORD
from hucheng.exercises.scenarios import SCENARIO, written
from hucheng.exercises.score.expectations import expectations
from hucheng.exercises.score.models import Finding
from hucheng.exercises.testing import CITY, START, SmallStory, a_played_step, a_step, an_advance

OURS = ("HUCHENG_HOME", "HUCHENG_EXERCISE", "HUCHENG_DEMO_MINUTES", "DJANGO_SETTINGS_MODULE", "DATABASE_URL")


@pytest.fixture(autouse=True)
def own_environment(monkeypatch, settings):
    """The command sets its own home; the tests' one comes back afterwards. Django is set up already."""
    settings.HUCHENG_EXERCISE = True
    for name in OURS:
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.setattr(command, "_django", lambda: None)


def told(work, *arguments) -> str:
    """What a part of the command says."""

    @click.command()
    def call() -> None:
        work(*arguments)

    done = CliRunner().invoke(call)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


@pytest.mark.django_db
class TestSum:
    def test_it_says_the_hour_what_waits_what_was_refused_and_how_the_score_stands(self):
        for minute in range(3):
            a_played_step(minute, "drone.fly", outcome="waiting")
        a_played_step(5, "lodging.assign", outcome="refused", code="no_room", why_zh="满", why_en="full")
        with clock.frozen_at(START):
            text = told(command._sum_up)
        every = len(expectations(written(SCENARIO)))
        assert text.startswith("2020-03-18 06:00\n")
        assert "3 个动作待房间建成 · acts wait for rooms: drone.fly 3\n" in text
        assert "1 个动作被拒绝 · acts refused" in text
        assert f"0 held, 0 not held, 0 not readable, {every} to come" in text and f"未到时间 {every}" in text

    def test_nothing_that_waits_is_said_too(self):
        with clock.frozen_at(START):
            assert "0 个动作待房间建成 · acts wait for rooms: -\n" in told(command._sum_up)

    def test_what_did_not_hold_is_named_in_both_languages_with_what_was_found(self):
        one = next(one for one in expectations(written(SCENARIO)) if one.name == "flights by 21 April")
        Finding.objects.create(
            place=CITY, kind="expect", name=one.name, state="broken", found=11, at=START, broken_at=START
        )
        with clock.frozen_at(START):
            text = told(command._sum_up)
        assert f"  不成立 · not held: {one.zh} · flights by 21 April: 11, = 12\n" in text
        assert "0 held, 1 not held" in text

    def test_what_cannot_be_read_yet_is_counted_and_not_named_as_broken(self):
        name = expectations(written(SCENARIO))[0].name
        Finding.objects.create(place=CITY, kind="expect", name=name, state="blind", at=START)
        with clock.frozen_at(START):
            text = told(command._sum_up)
        assert "1 not readable" in text and "  不成立" not in text


class TestSignIns:
    def test_the_address_the_password_and_everybody_who_is_shown_are_told(self):
        text = told(command._tell, 8123)
        assert "http://127.0.0.1:8123/" in text and PASSWORD in text
        for one in COLLEAGUES:
            assert (f"  {one.username} " in text) == one.shown and (one.title in text or not one.shown)
        assert "  traveller " in text


@pytest.mark.django_db
class TestGoingOn:
    def test_a_demonstration_that_nobody_served_stood_still_meanwhile(self):
        set_simulated_clock(actor=SYSTEM, at=START)
        SimulatedClock.objects.update(set_at=clock.wall_time() - timedelta(days=9))
        assert clock.now() - START >= timedelta(days=9)
        command._resume()
        assert shown_when_last_set() == START and clock.now() - START < timedelta(minutes=5)

    def test_the_clock_goes_on_behind_the_last_act_that_somebody_did(self):
        set_simulated_clock(actor=SYSTEM, at=START)
        a_flight(at=START + timedelta(minutes=7))
        command._resume()
        assert shown_when_last_set() == START + timedelta(minutes=7)

    @pytest.fixture
    def small(self, monkeypatch):
        """The command plays a story of three steps, over in four hours."""
        seen = []
        made = SmallStory([a_step(n, seen.append) for n in (30, 90, 150)], end=START + timedelta(hours=4))
        monkeypatch.setattr(story, "Story", lambda name: made)
        set_simulated_clock(actor=SYSTEM, at=START)
        return seen

    def test_an_advance_plays_what_lies_within_it_and_sums_up(self, small):
        text = told(command._advance, timedelta(hours=2))
        assert small == [START + timedelta(minutes=30), START + timedelta(minutes=90)]
        assert "acts refused" in text and Advance.objects.get().ended_on
        assert clock.now() >= START + timedelta(hours=2)

    def test_an_advance_that_was_cut_short_is_finished_first(self, small):
        left = an_advance(hours=1)
        told(command._advance, timedelta(hours=1))
        left.refresh_from_db()
        assert left.ended_on and small[0] == START + timedelta(minutes=30) and len(small) == 2
        assert set(PlayedStep.objects.filter(advance=left).values_list("key", flat=True)) == {"step 30"}

    def test_beyond_the_end_it_plays_up_to_the_end_and_then_says_that_the_story_is_over(self, small):
        told(command._advance, timedelta(days=9))
        assert len(small) == 3 and Advance.objects.get().until == START + timedelta(hours=4)
        set_simulated_clock(actor=SYSTEM, at=START + timedelta(hours=4))
        a_played_step(240, "checkpoint")
        text = told(command._advance, timedelta(hours=1))
        assert "故事止于 03-18 10:00" in text and "--reset" in text and len(small) == 3

    def test_a_load_leaves_its_mark_only_when_it_is_whole(self, small, tmp_path, monkeypatch):
        def cut(*given):
            raise RuntimeError("power cut")

        whole = play.load
        monkeypatch.setattr(play, "load", cut)
        with pytest.raises(RuntimeError, match="power cut"):
            command._load(tmp_path)
        assert not (tmp_path / LOADED).exists()
        monkeypatch.setattr(play, "load", whole)
        text = told(command._load, tmp_path)
        assert (tmp_path / LOADED).exists() and len(small) == 3 and "约一分钟" in text and "about a minute" in text


@pytest.mark.django_db
class TestWorker:
    def test_it_takes_up_what_was_left_before_it_looks_at_the_queue(self, monkeypatch):
        asked, seen = an_advance(), []
        monkeypatch.setattr(
            worker, "call_command", lambda name, **given: seen.append((name, given, DBTaskResult.objects.count()))
        )
        worker.main()
        assert seen == [("run_jobs", {"every": worker.EVERY}, 1)]
        assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"advance_id": str(asked.pk)}

    def test_with_nothing_left_it_queues_nothing(self, monkeypatch):
        an_advance(ended_on=START)
        monkeypatch.setattr(worker, "call_command", lambda name, **given: None)
        worker.main()
        assert not DBTaskResult.objects.exists()


class TestFolders:
    @pytest.mark.parametrize(
        "names", [[], [MARK], [LOADED, "hucheng.sqlite3"], [SERVING, "keys"], [PLAYING, "letters.txt"]]
    )
    def test_an_empty_folder_and_ones_own_are_taken(self, tmp_path, names):
        for name in names:
            (tmp_path / name).touch()
        assert told(command._refuse_strange, tmp_path) == ""
        assert told(command._refuse_strange, tmp_path / "not there") == ""

    @pytest.mark.parametrize("names", [["letters.txt"], ["hucheng.sqlite3"], ["keys", "db"], [".hidden"]])
    def test_any_other_folder_is_left_alone_and_named(self, tmp_path, names):
        for name in names:
            (tmp_path / name).touch()
        text = told(command._refuse_strange, tmp_path)
        assert str(tmp_path) in text and "--home" in text and "不会被动" in text
        assert sorted(one.name for one in tmp_path.iterdir()) == sorted(names)

    def test_choosing_a_demonstration_sets_its_own_home_and_no_foreign_database(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", "postgres://real/city")
        CliRunner().invoke(command.demo, ["--home", str(tmp_path / "demo"), "advance", "--hours", "1"])
        assert os.environ["HUCHENG_HOME"] == str(tmp_path / "demo") and os.environ["HUCHENG_EXERCISE"] == "1"
        assert "DATABASE_URL" not in os.environ

    def test_minutes_that_can_be_read_are_remembered_by_their_whole_path(self, tmp_path):
        (tmp_path / "mine.txt").write_text(
            "3月24日,市疫情防控工作领导小组召开第四十三次会议。会议要求,要做好防控工作。\n", "utf-8"
        )
        command._check_minutes(tmp_path / "mine.txt")
        assert os.environ["HUCHENG_DEMO_MINUTES"] == str(tmp_path / "mine.txt")
