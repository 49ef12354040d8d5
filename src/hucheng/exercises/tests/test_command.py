"""`hucheng demo`: what it refuses before it touches anything, and how server and worker end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from hucheng.core.audit.testing import copied_to
from hucheng.exercises import command
from hucheng.exercises.command import LOADED, MARK
from hucheng.exercises.replay.lock import PLAYING, SERVING, only_one

PYTHON = sys.executable


@pytest.fixture(autouse=True)
def same_environment(monkeypatch):
    """The command sets its own home; the tests' one comes back afterwards."""
    for name in ("HUCHENG_HOME", "HUCHENG_EXERCISE", "HUCHENG_DEMO_MINUTES", "DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        before = os.environ.get(name)
        monkeypatch.setenv(name, before or "")
        if before is None:
            monkeypatch.delenv(name)


def demo(home: Path, *args: str):
    return CliRunner().invoke(command.demo, ["--home", str(home), *args])


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def taken():
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


class TestRefusals:
    def test_a_taken_port_is_said_before_anything_is_loaded_and_with_a_way_out(self, tmp_path, taken):
        done = demo(tmp_path / "new", "start", "--port", str(taken))
        assert done.exit_code == 1 and not (tmp_path / "new").exists()
        assert f"--port {taken + 1}" in done.output and "已被占用" in done.output and "is taken" in done.output

    @pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
    def test_a_port_that_is_none_is_refused(self, tmp_path, port):
        assert demo(tmp_path, "start", "--port", port).exit_code == 2

    @pytest.mark.parametrize("order", [("start", "--load-only"), ("start", "--reset", "--load-only")])
    def test_a_folder_that_is_no_demonstration_stays_as_it_is(self, tmp_path, order):
        (tmp_path / "letters.txt").write_text("dear")
        done = demo(tmp_path, *order)
        assert done.exit_code == 1 and "不是演示目录" in done.output and "no demonstration" in done.output
        assert [one.name for one in tmp_path.iterdir()] == ["letters.txt"]

    def test_a_home_that_is_a_file_is_refused(self, tmp_path):
        (tmp_path / "file").write_text("x")
        assert demo(tmp_path / "file", "start").exit_code == 2

    def test_a_demonstration_that_runs_is_neither_started_twice_nor_emptied(self, tmp_path):
        (tmp_path / MARK).touch()
        with only_one(tmp_path, SERVING):
            done = demo(tmp_path, "start", "--reset", "--load-only")
        assert done.exit_code == 1 and "已在运行" in done.output and "runs already" in done.output
        assert (tmp_path / MARK).exists()

    def test_nothing_is_advanced_where_nothing_is_loaded(self, tmp_path):
        done = demo(tmp_path / "new", "advance", "--days", "1")
        assert done.exit_code == 1 and "hucheng demo start" in done.output and not (tmp_path / "new").exists()

    def test_an_advance_needs_a_stretch_of_time(self, tmp_path):
        (tmp_path / LOADED).touch()
        assert "--days" in demo(tmp_path, "advance").output
        assert demo(tmp_path, "advance", "--days", "-1").exit_code == 2

    def test_two_advances_at_once_are_refused(self, tmp_path):
        (tmp_path / LOADED).touch()
        with only_one(tmp_path, PLAYING):
            done = demo(tmp_path, "advance", "--hours", "1")
        assert done.exit_code == 1 and "故事正在推进" in done.output and "goes on already" in done.output

    def test_minutes_that_cannot_be_read_are_refused_before_the_old_city_is_emptied(self, tmp_path):
        (tmp_path / "home").mkdir()
        (tmp_path / "home" / LOADED).touch()
        (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 broken")
        done = CliRunner().invoke(
            command.demo, ["--home", str(tmp_path / "home"), "--minutes", str(tmp_path / "bad.docx")]
        )
        assert done.exit_code == 1 and (tmp_path / "home" / LOADED).exists()

    @pytest.mark.parametrize("order", [(), ("start",), ("advance",)])
    def test_the_help_speaks_both_languages(self, tmp_path, order):
        text = demo(tmp_path, *order, "--help").output
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text) and " · " in text
        options = [line for line in text.splitlines() if line.strip().startswith("--") and "--help" not in line]
        assert len(options) >= 2


class TestReset:
    def test_a_reset_empties_the_demonstration_and_keeps_its_locks(self, tmp_path):
        from hucheng.exercises.command import _empty

        for name in (MARK, SERVING, LOADED, "hucheng.sqlite3"):
            (tmp_path / name).touch()
        (tmp_path / "keys").mkdir()
        (tmp_path / "keys" / "k").touch()
        outside = tmp_path.parent / f"{tmp_path.name}-outside"
        outside.mkdir()
        (outside / "dear.txt").touch()
        (tmp_path / "link").symlink_to(outside)
        _empty(tmp_path)
        assert {one.name for one in tmp_path.iterdir()} == {MARK, SERVING}
        assert (outside / "dear.txt").exists()


PARENT = """
import sys
from hucheng.exercises.serve import Pair
one, other = sys.argv[1:]
sys.exit(Pair(["http.server", one, "--bind", "127.0.0.1"], ["http.server", other, "--bind", "127.0.0.1"],
              lambda line: print(line, flush=True)).run())
"""


def answers(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(true, seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def children_of(pid: int) -> dict[int, str]:
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return {int(line.split()[0]): line for line in found.stdout.splitlines()}


@pytest.fixture
def pair():
    """A parent with two children that listen."""
    ports = free_port(), free_port()
    parent = subprocess.Popen(
        [PYTHON, "-c", PARENT, *map(str, ports)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    until(lambda: all(answers(port) for port in ports))
    yield parent, ports
    if parent.poll() is None:
        parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: not any(answers(port) for port in ports))


class TestTogether:
    @pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
    def test_asked_to_stop_both_end_and_the_exit_is_clean(self, pair, asked):
        parent, ports = pair
        parent.send_signal(asked)
        assert parent.wait(20) == 0 and not any(answers(port) for port in ports)

    def test_a_killed_parent_leaves_no_orphan(self, pair):
        parent, ports = pair
        left = children_of(parent.pid)
        assert len(left) == 2
        parent.kill()
        parent.wait()
        until(lambda: not any(answers(port) for port in ports))
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))

    def test_a_worker_that_dies_is_started_again(self, pair):
        parent, (one, other) = pair
        (worker,) = [pid for pid, line in children_of(parent.pid).items() if f" {other} " in line]
        os.kill(worker, signal.SIGKILL)
        until(lambda: worker not in children_of(parent.pid) and len(children_of(parent.pid)) == 2)
        until(lambda: answers(other))
        assert answers(one) and parent.poll() is None

    def test_when_the_server_ends_the_worker_ends_too(self, pair):
        parent, (one, other) = pair
        (server,) = [pid for pid, line in children_of(parent.pid).items() if f" {one} " in line]
        os.kill(server, signal.SIGKILL)
        assert parent.wait(20) != 0 and not answers(other)


class TestWhole:
    def test_a_loaded_demonstration_serves_without_loading_and_ends_on_ctrl_c(
        self, tmp_path, django_db_setup, django_db_blocker
    ):
        """The real server and the real worker over a city without people."""
        home, port = tmp_path / "home", free_port()
        home.mkdir()
        with django_db_blocker.unblock():
            copied_to(home / "hucheng.sqlite3")
        found = (
            "import django; django.setup(); from hucheng.exercises.replay.play import load; "
            "from hucheng.exercises.testing import SmallStory, a_step; load(SmallStory([a_step(1)]), print)"
        )
        settings = {
            "HUCHENG_HOME": str(home),
            "HUCHENG_EXERCISE": "1",
            "DJANGO_SETTINGS_MODULE": "hucheng.config.settings",
        }
        subprocess.run([PYTHON, "-c", found], env=os.environ | settings, check=True)
        (home / LOADED).touch()
        order = [PYTHON, "-c", "from hucheng.cli import main; main()", "demo", "--home", str(home), "start"]
        running = subprocess.Popen([*order, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            until(lambda: answers(port))
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=20) as answer:
                assert answer.status == 200
            left = children_of(running.pid)
            assert len(left) == 2
            again = subprocess.run([*order, "--port", str(free_port())], capture_output=True, text=True, check=False)
            assert again.returncode == 1 and "runs already" in again.stderr
        finally:
            running.send_signal(signal.SIGINT)
            told = running.communicate(timeout=30)[0].decode()
        assert "loading" not in told, "the second start serves at once"
        assert running.returncode == 0 and "hucheng-demo" in told and f"127.0.0.1:{port}" in told
        assert not answers(port) and not any(Path(f"/proc/{pid}").exists() for pid in left)
