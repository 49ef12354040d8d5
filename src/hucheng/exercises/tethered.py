"""Runs a module as a child that never outlives its parent: `python -m hucheng.exercises.tethered MODULE ...`.

The parent holds the other end of this process's standard input. When the parent ends, however it ends, the pipe
closes; the child is then asked to stop, and stopped.
"""

import os
import runpy
import signal
import sys
import threading
import time

GRACE = 5.0
"""Seconds to stop in; what is cut short is taken up again at the next start."""


def _follow_parent() -> None:
    while os.read(0, 1):  # not sys.stdin: a server that forks would inherit its lock, held
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_follow_parent, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
