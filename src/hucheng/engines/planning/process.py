"""Solve in a process of its own: a limit of memory, a stop within a second, and the best plan survives a crash."""

import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import Any

from hucheng.engines.planning.answer import Answer, Plan, Point, Status
from hucheng.engines.planning.problems import problem, read_instance
from hucheng.engines.planning.refusal import PlanRefused, refused
from hucheng.engines.planning.solving import judge, solve

GRACE = 0.8  # seconds that a search has to end by itself after a cancel or its budget
POLL = 0.05
MEGABYTE = 2**20


@dataclass(slots=True)
class _Heard:
    """What the process has told so far; `last` stays None when it was killed or died."""

    plan: Plan | None = None
    trace: list[Point] = field(default_factory=list)
    last: Answer | PlanRefused | MemoryError | None = None
    died: bool = False


def solve_apart(
    name: str,
    instance: object,
    *,
    seconds: float,
    warm: Plan | None = None,
    seed: int = 1,
    workers: int = 2,
    steps: int | None = None,
    memory_mb: int = 8192,
    on_progress: Callable[[Point, Plan | None], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Answer:
    """Do what `solve` does in a process of its own, with at most `memory_mb` of address space.

    The budget starts when the process is ready. A process that does not end in time, or is killed, is taken away and
    the best plan it told of is given. Raises PlanRefused as `solve` does, and for a search that ran out of memory
    before its first plan.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    stop = context.Event()
    work = {"seconds": seconds, "warm": warm, "seed": seed, "workers": workers, "steps": steps}
    process = context.Process(target=_work, args=(theirs, stop, memory_mb, name, instance, work), daemon=True)
    process.start()
    theirs.close()
    heard = _Heard()
    limit = float("inf") if steps is not None else seconds
    try:
        _listen(ours, stop, heard, limit, on_progress, cancelled)
    finally:
        process.kill()
        process.join()
        ours.close()
    return _answer(name, instance, heard, memory_mb)


def _listen(
    pipe: Connection,
    stop: Event,
    heard: _Heard,
    seconds: float,
    on_progress: Callable[[Point, Plan | None], None] | None,
    cancelled: Callable[[], bool],
) -> None:
    """Hear the process until it ends, or until its time and grace are over."""
    end = float("inf")
    while time.monotonic() < end:
        if cancelled() and not stop.is_set():
            stop.set()
            end = time.monotonic() + GRACE
        if not pipe.poll(POLL):
            continue
        try:
            message = pipe.recv()
        except EOFError:
            heard.died = True
            return
        if message == "ready":
            end = min(end, time.monotonic() + seconds + GRACE)
        elif isinstance(message, tuple):
            _hear(heard, message, on_progress)
        else:
            heard.last = message
            return


def _hear(
    heard: _Heard, message: tuple[Point, Plan | None], on_progress: Callable[[Point, Plan | None], None] | None
) -> None:
    point, plan = message
    heard.trace.append(point)
    heard.plan = plan if plan is not None else heard.plan
    if on_progress:
        on_progress(point, plan)


def _work(pipe: Connection, stop: Event, memory_mb: int, name: str, instance: object, work: dict[str, Any]) -> None:
    """Run in the process. Libraries are loaded before the limit is set: it is for the search.

    What solvers print goes to standard error, so that the command's line stands alone on standard output.
    """
    os.dup2(2, 1)
    problem(name)
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    pipe.send("ready")
    try:
        answer: object = solve(
            name, instance, on_progress=lambda point, plan: pipe.send((point, plan)), cancelled=stop.is_set, **work
        )
    except PlanRefused as refusal:
        answer = refusal
    except MemoryError as error:
        answer = error
    pipe.send(answer)
    pipe.close()


def _answer(name: str, instance: object, heard: _Heard, memory_mb: int) -> Answer:
    if isinstance(heard.last, Answer):
        return heard.last
    if isinstance(heard.last, PlanRefused):
        raise heard.last
    if heard.plan is None and (isinstance(heard.last, MemoryError) or heard.died):
        raise refused("out_of_memory", limit=memory_mb)
    last = heard.trace[-1] if heard.trace else Point(0.0, None, None)
    verdict = judge(name, read_instance(name, instance), heard.plan) if heard.plan else None
    status: Status = "best_so_far" if verdict else "no_plan_yet"
    parts = verdict.parts if verdict else {}
    objective = verdict.objective if verdict else None
    return Answer(status, heard.plan, parts, objective, last.bound, last.seconds, tuple(heard.trace), None)
