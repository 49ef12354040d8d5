"""How fast a register answers who somebody is: benchmarks/linkage/live.py ROWS [ASKED] [SEED].

Makes a register of about ROWS rows of invented people (made.py), holds ASKED rows back, of any list, and asks for each:
half known to the register by other rows, half strangers whose own rows were all left out while their family stays.
Times are told beside one SELECT by primary key from the same file in the same run, since machines differ and are busy.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from made import lists

from hucheng.engines.linkage.lists import read_map, row_of
from hucheng.engines.linkage.records import Row
from hucheng.engines.linkage.register import Candidate, Register

MAP = read_map((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
ROWS_A_PERSON = 3.4
ALONE = 16.0
"""Bits from which a live answer may stand without a person."""


def main(rows: int, asked: int, seed: int) -> None:
    chance = random.Random(seed)
    truth, held, strangers = {}, {}, set()
    path = Path(tempfile.mkdtemp()) / "register.sqlite3"
    share = 1.3 * asked * ROWS_A_PERSON / rows
    register, started = Register(path), time.perf_counter()

    def kept() -> Iterator[Row]:
        """Rows of the register; on the way the truth, the rows held back and who shall be a stranger."""
        made = lists(int(rows / ROWS_A_PERSON), seed)
        for person, group in groupby(made, key=lambda one: one[1]):
            own = [row_of(source, MAP[source], cells) for source, _person, cells in group]
            truth.update({(row.source, row.number): person for row in own})
            if chance.random() >= share:
                yield from own
                continue
            held[person] = chance.choice(own)
            if chance.random() < 0.5:
                strangers.add(person)
            else:
                yield from (row for row in own if row is not held[person])

    register.add(kept())
    built = time.perf_counter() - started
    known = [person for person in held if person not in strangers][: asked // 2]
    there = {truth[key] for key in register.names()}
    known = [person for person in known if person in there]
    unknown = [person for person in held if person in strangers][: asked // 2]
    print(f"{len(register)} rows, built in {built:.0f} s, {path.stat().st_size / len(register):.0f} bytes a row")
    register.close()
    report(path, [held[person] for person in known], [held[person] for person in unknown], truth)


def report(path: Path, known: list[Row], unknown: list[Row], truth: dict[tuple[str, str], str]) -> None:
    """Print times and what was found, after a first round that fills the memory as a day's work does."""
    register = Register(path)
    answers, first = timed(register.who, [*known, *unknown])
    again, apart = timed(register.who, known)[1], timed(register.who, unknown)[1]
    times = Times(again.clock + apart.clock, again.processor + apart.processor)
    db = sqlite3.connect(path)
    ids = random.Random(1).sample(range(1, len(register)), len(times))
    select = "SELECT form FROM entry WHERE id = ?"
    _rows, plain = timed(lambda one: db.execute(select, (one,)).fetchone(), ids)
    print("| | p50 ms | p99 ms | largest ms | p50 processor ms | p99 processor ms | p50 in SELECTs |")
    print("|---|---|---|---|---|---|---|")
    unit = statistics.median(plain.clock)
    for name, some in (
        ("one SELECT by primary key", plain),
        ("who, first time", first),
        ("who, again", times),
        ("... the known", again),
        ("... strangers", apart),
    ):
        clock, used = (f"{statistics.median(part) * 1e3:.3f} | {quantile(part, 0.99) * 1e3:.3f}" for part in some)
        in_units = statistics.median(some.clock) / unit
        print(f"| {name} | {clock} | {max(some.clock) * 1e3:.3f} | {used} | {in_units:.0f} |")
    ranks = [rank(found, truth, row) for row, found in zip(known, answers, strict=False)]
    sure = [place for place, found in zip(ranks, answers, strict=False) if found and found[0].weight >= ALONE]
    strangers = [found for found in answers[len(known) :] if found and found[0].weight >= ALONE]
    print(f"recall at 1 {share_of(ranks, 1):.4f}, at 5 {share_of(ranks, 5):.4f} of {len(known)} known people")
    wrong = sum(place != 1 for place in sure)
    print(f"joined alone, from {ALONE:.0f} bits: {len(sure)} of the known people, {wrong} of them wrong")
    print(f"strangers whose family is there: {len(strangers)} of {len(unknown)} would be joined alone")


class Times(NamedTuple):
    """Seconds of each question by the clock, which also holds what other work on the machine took, and of the
    processor."""

    clock: list[float]
    processor: list[float]


def timed(ask: Callable, asked: list) -> tuple[list, Times]:
    answers, times = [], Times([], [])
    for one in asked:
        started, used = time.perf_counter(), time.process_time()
        answers.append(ask(one))
        times.processor.append(time.process_time() - used)
        times.clock.append(time.perf_counter() - started)
    return answers, times


def rank(found: list[Candidate], truth: dict[tuple[str, str], str], row: Row) -> int:
    """At which place the right person stands; 0 for nowhere."""
    people = [truth[one.row.source, one.row.number] for one in found]
    person = truth[row.source, row.number]
    return people.index(person) + 1 if person in people else 0


def share_of(ranks: list[int], places: int) -> float:
    return sum(1 <= place <= places for place in ranks) / max(len(ranks), 1)


def quantile(times: list[float], share: float) -> float:
    return sorted(times)[min(int(share * len(times)), len(times) - 1)]


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*given, *(100_000, 1_000, 5)[len(given) :])
