"""Processes that are really killed (SIGKILL): the story goes on where it stopped, nothing twice, nothing skipped."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from hucheng.core.audit.testing import copied_to
from hucheng.exercises.replay.story import moment
from hucheng.exercises.testing import ShortStory

SCRIPT = Path(__file__).with_name("killed.py")
COUNTED = ("core_auditline", "core_user", "quarantine_house", "quarantine_room", "quarantine_certificate",
           "entry_flight", "command_meeting", "command_directive", "command_task", "command_keptreading",
           "core_dailyrun", "exercises_finding", "exercises_playedstep", "exercises_advance")  # fmt: skip
PYTHON = sys.executable


def at_home(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {
        "HUCHENG_HOME": str(home), "HUCHENG_EXERCISE": "1", "DJANGO_SETTINGS_MODULE": "hucheng.config.settings",
    }  # fmt: skip


def run(home: Path, *args: str) -> int:
    return subprocess.run([PYTHON, str(SCRIPT), *args], env=at_home(home), check=False).returncode


def rows(home: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{home / 'hucheng.sqlite3'}?mode=ro", uri=True, timeout=30)) as database:
        return database.execute(sql).fetchall()


def state(home: Path) -> dict[str, object]:
    """What the story has done, as far as two runs can be told apart."""
    counts = {name: rows(home, f"select count(*) from {name}")[0][0] for name in COUNTED}
    steps = rows(home, "select key, outcome, code from exercises_playedstep order by key")
    acts = rows(home, "select act, refused, count(*) from core_auditline group by 1, 2 order by 1, 2")
    found = rows(home, "select kind, name, state, found, looks from exercises_finding order by 1, 2")
    return {"counts": counts, "steps": steps, "acts": acts, "found": found}


@pytest.fixture(scope="module")
def empty(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    """An installation in which nothing has happened yet."""
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock():
        copied_to(home / "hucheng.sqlite3")
    return home


@pytest.fixture
def home(empty, tmp_path) -> Path:
    shutil.copytree(empty, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture(scope="module")
def uninterrupted(empty, tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("whole") / "home"
    shutil.copytree(empty, home)
    assert run(home, "never", "0") == 0
    return home


def test_a_load_killed_again_and_again_ends_as_one_that_was_not(home, uninterrupted):
    """Killed while founding the city, inside acts and between them; the order to load is given again each time."""
    cuts = [("inside", 1), ("behind", 1), ("inside", 3), ("inside", 1), ("behind", 20), ("inside", 30)]
    for where, step in cuts:
        assert run(home, where, str(step)) == -signal.SIGKILL, (where, step)
    assert run(home, "never", "0") == 0
    assert state(home) == state(uninterrupted)


def test_a_load_that_is_whole_changes_nothing_when_it_is_ordered_again(home, uninterrupted):
    shutil.rmtree(home)
    shutil.copytree(uninterrupted, home)
    before = state(home)
    assert run(home, "never", "0") == 0
    assert state(home) == before


WISH = """
import django; django.setup()
from datetime import timedelta
from hucheng.core import clock
from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.background import wish
now = clock.now()
wish(actor=SYSTEM, until=now + timedelta(hours=12), at=now)
"""


def worker(home: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([PYTHON, "-m", "hucheng.exercises.worker"], env=at_home(home), stdin=subprocess.DEVNULL)


def until(true, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_goes_on(home, uninterrupted):
    """The night of the first flight: the list, the landing, the triage."""
    shutil.rmtree(home)
    shutil.copytree(uninterrupted, home)
    subprocess.run([PYTHON, "-c", WISH], env=at_home(home), check=True)
    ((first, wanted),) = rows(home, "select id, until from exercises_advance where ended_on is null")

    def played() -> int:
        return rows(home, f"select count(*) from exercises_playedstep where advance_id = '{first}'")[0][0]

    for least in (2, 9):
        hand = worker(home)
        try:
            until(lambda least=least: played() >= least)
        finally:
            hand.send_signal(signal.SIGKILL)
            hand.wait()
        assert rows(home, "select count(*) from exercises_advance where ended_on is null") == [(1,)]
    hand = worker(home)
    try:
        until(lambda: rows(home, "select count(*) from exercises_advance where ended_on is null") == [(0,)])
    finally:
        hand.send_signal(signal.SIGKILL)
        hand.wait()

    story = ShortStory("taiyuan-2020")
    end = moment(wanted[:16]) + moment("2020-03-20T08:00").utcoffset()
    due = [step.key for step in story.steps(story.pause, end)]
    keys = Counter(key for (key,) in rows(home, f"select key from exercises_playedstep where advance_id = '{first}'"))
    assert set(keys) == set(due) and set(keys.values()) == {1} and "2020-03-21T06:40 flight.land" in keys
    assert rows(home, "select count(*) from entry_flight where landed_at is not null") == [(1,)]
    assert rows(home, "select count(*) from exercises_playedstep where outcome = 'refused'") == [(0,)]
