"""Server and worker of a demonstration, started and stopped together."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from hucheng.exercises.tethered import GRACE

WORKER = ["hucheng.exercises.worker"]
LOOK = 0.3
"""Seconds between two looks at whether both are alive."""


def server_of(port: int) -> list[str]:
    """The command of the web server."""
    return [
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "1", "hucheng.config.wsgi:application"),
    ]


@dataclass
class Pair:
    """A server and a worker. The worker is started again when it dies; when the server ends, both end."""

    server_command: list[str]
    worker_command: list[str]
    tell: Callable[[str], None]
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Serve until asked to stop (Ctrl-C, SIGTERM) or until the server ends. Gives the exit code."""
        before = {one: signal.signal(one, self._asked) for one in (signal.SIGINT, signal.SIGTERM)}
        server, worker = _child(self.server_command), _child(self.worker_command)
        try:
            while not self.stop.wait(LOOK):
                if server.poll() is not None:
                    self.tell(f"服务已退出（{server.returncode}）· the server ended ({server.returncode})")
                    return server.returncode or 1
                if worker.poll() is not None:
                    self.tell("后台进程中断，已重启并续演 · the worker died; a new one goes on where it stopped")
                    worker = _child(self.worker_command)
            self.tell("正在停止，下次启动从断点继续 · stopping; the next start goes on from here")
            return 0
        finally:
            _end([server, worker])
            for one, handler in before.items():
                signal.signal(one, handler)

    def _asked(self, number: int, frame: object) -> None:
        self.stop.set()


def _child(command: list[str]) -> "subprocess.Popen[bytes]":
    """A child in a session of its own, so that Ctrl-C reaches it only through us; its stdin is its tether."""
    tethered = [sys.executable, "-m", "hucheng.exercises.tethered", *command]
    return subprocess.Popen(tethered, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)  # what a server that was cut short left behind
