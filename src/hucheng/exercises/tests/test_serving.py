"""Server and worker as a pair, without waiting for a clock: how they start, what ends them, what is put back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hucheng.exercises import serve
from hucheng.exercises.serve import WORKER, Pair, server_of
from hucheng.exercises.tests.test_command import until

PYTHON = sys.executable
WAITS = "import signal\nprint('ready', flush=True)\nsignal.pause()\n"


@pytest.fixture
def modules(tmp_path, monkeypatch):
    """Modules of the test's own, importable by children."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))

    def write(**texts: str):
        for name, text in texts.items():
            (tmp_path / f"{name}.py").write_text(text)

    return write


@pytest.fixture
def quick(monkeypatch):
    """No time between two looks."""
    monkeypatch.setattr(serve, "LOOK", 0.01)


def tethered(module: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [PYTHON, "-m", "hucheng.exercises.tethered", module, *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


class TestTether:
    def test_a_module_runs_as_if_it_were_called_itself(self, modules):
        modules(tells="import sys\nprint(__name__, sys.argv[1:])\n")
        child = tethered("tells", "--port", "8000")
        assert child.stdout.read().strip() == "__main__ ['--port', '8000']" and child.wait(30) == 0
        child.communicate()

    def test_the_exit_code_is_that_of_the_module(self, modules):
        modules(ends="raise SystemExit(7)\n")
        child = tethered("ends")
        assert child.wait(30) == 7
        child.communicate()

    def test_when_the_parent_lets_go_the_child_is_asked_to_stop(self, modules):
        modules(waits=WAITS)
        child = tethered("waits")
        assert child.stdout.readline() == "ready\n" and child.poll() is None
        child.stdin.close()
        assert child.wait(30) == -signal.SIGTERM
        child.stdout.close()

    def test_a_module_that_cleans_up_may_do_so(self, modules):
        modules(tidies="import signal, sys\nsignal.signal(15, lambda n, f: sys.exit(3))\n" + WAITS)
        child = tethered("tidies")
        child.stdout.readline()
        child.stdin.close()
        assert child.wait(30) == 3
        child.stdout.close()

    def test_what_the_parent_says_into_the_pipe_changes_nothing(self, modules):
        modules(waits=WAITS)
        child = tethered("waits")
        child.stdout.readline()
        child.stdin.write("stop now\n" * 100)
        child.stdin.flush()
        assert child.poll() is None
        child.stdin.close()
        assert child.wait(30) == -signal.SIGTERM
        child.stdout.close()


class TestPair:
    def pair(self, server: str, worker: str) -> tuple[Pair, list[str]]:
        told: list[str] = []
        return Pair([server], [worker], told.append), told

    @pytest.mark.parametrize(("code", "given"), [(0, 1), (1, 1), (3, 3)])
    def test_a_server_that_ends_ends_the_pair_and_never_with_success(self, modules, quick, code, given):
        modules(ends=f"raise SystemExit({code})\n", waits=WAITS)
        pair, told = self.pair("ends", "waits")
        assert pair.run() == given
        assert told == [f"服务已退出（{code}）· the server ended ({code})"]

    def test_asked_to_stop_before_it_began_it_starts_nothing_that_stays(self, modules, quick):
        modules(waits=WAITS)
        pair, told = self.pair("waits", "waits")
        pair.stop.set()
        assert pair.run() == 0 and len(told) == 1 and "stopping" in told[0] and "正在停止" in told[0]

    def test_a_worker_that_dies_is_replaced_while_the_server_lives(self, modules, quick, tmp_path):
        lives = "import os, time\nwhile not os.path.exists({done!r}): time.sleep(0.01)\nraise SystemExit(5)\n"
        once = (
            "import os, pathlib, signal\nfile = pathlib.Path({count!r})\n"
            "file.write_text(file.read_text() + 'x')\n"
            "if len(file.read_text()) == 3: pathlib.Path({done!r}).touch(); signal.pause()\n"
        )
        (tmp_path / "count").write_text("")
        names = {"done": str(tmp_path / "done"), "count": str(tmp_path / "count")}
        modules(lives=lives.format(**names), dies=once.format(**names))
        pair, told = self.pair("lives", "dies")
        assert pair.run() == 5 and (tmp_path / "count").read_text() == "xxx"
        assert len([line for line in told if "the worker died" in line]) == 2

    def test_the_signals_of_the_caller_are_put_back(self, modules, quick):
        modules(ends="raise SystemExit(1)\n", waits=WAITS)
        before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
        pair, _told = self.pair("ends", "waits")
        pair.run()
        assert {one: signal.getsignal(one) for one in before} == before

    def test_ctrl_c_asks_the_pair_and_raises_nothing(self, modules, quick):
        pair, _told = self.pair("ends", "waits")
        pair._asked(signal.SIGINT, None)
        assert pair.stop.is_set()

    def test_a_child_has_a_session_of_its_own_so_that_ctrl_c_reaches_it_through_the_pair_alone(self, modules):
        modules(tells="import os\nraise SystemExit(0 if os.getsid(0) == os.getpid() else 9)\n")
        assert serve._child(["tells"]).wait(30) == 0

    def test_what_a_server_left_behind_in_its_session_is_ended_too(self, modules, quick, tmp_path):
        left = tmp_path / "left"
        forks = (
            "import pathlib, subprocess, sys\n"
            f"child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
            f"pathlib.Path({str(left)!r}).write_text(str(child.pid))\nraise SystemExit(4)\n"
        )
        modules(forks=forks, waits=WAITS)
        pair, _told = self.pair("forks", "waits")
        assert pair.run() == 4
        until(lambda: ended(left.read_text()))


def ended(pid: str) -> bool:
    """Gone, or dead and not yet buried."""
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] in "ZX"


class TestCommands:
    @pytest.mark.parametrize("port", [8000, 65535])
    def test_the_server_listens_to_this_machine_alone_on_the_port_that_was_asked_for(self, port):
        words = server_of(port)
        assert words[0] == "granian" and words[words.index("--host") + 1] == "127.0.0.1"
        assert words[words.index("--port") + 1] == str(port) and words[-1] == "hucheng.config.wsgi:application"

    def test_server_and_worker_are_modules_that_exist(self):
        from importlib.util import find_spec

        assert all(find_spec(name) for name in (server_of(8000)[0], *WORKER, "hucheng.exercises.tethered"))
