"""Loads the short story in a process of its own and, if asked, dies at one step: `killed.py WHERE STEP`.

WHERE  `inside` the transaction of the step, `behind` it, or `never`
STEP   which step of this run, counted from 1
Run with HUCHENG_HOME of a migrated installation.
"""

import os
import signal
import sys

import django

django.setup()

from hucheng.exercises.replay import play  # noqa: E402
from hucheng.exercises.testing import ShortStory  # noqa: E402


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying(where: str, step: int) -> None:
    """Let the process die at a step, in the middle of its transaction or just behind it."""
    kept, played, count = play.keep_step, play.play_step, [0]

    def keep(**kwargs: object) -> object:
        count[0] += 1
        row = kept(**kwargs)
        if where == "inside" and count[0] == step:
            die()
        return row

    def play_whole(*args: object) -> object:
        done = played(*args)
        if where == "behind" and count[0] == step:
            die()
        return done

    play.keep_step, play.play_step = keep, play_whole


if __name__ == "__main__":
    dying(sys.argv[1], int(sys.argv[2]))
    play.load(ShortStory("taiyuan-2020"), lambda line: None)
