"""One player at a time: a lock that the operating system lets go of when its holder dies, however it dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PLAYING, SERVING = "playing.lock", "serving.lock"


@contextmanager
def only_one(home: Path, name: str) -> Iterator[bool]:
    """Hold a lock of this installation within the block. Gives False when another process holds it."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / name).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
