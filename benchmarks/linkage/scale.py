"""How a run grows with its rows: benchmarks/linkage/scale.py ROWS ROWS...   (100,000 and 1,000,000 by default)

For each size, lists of invented people (made.py) over as many days as a real arrival would take, linked in a process of
its own: candidate pairs a row, the share of true pairs they reach, how right it was, seconds by the clock and of the
processor (all threads), and memory. A million rows take several minutes and about 6 GB.
"""

import gc
import resource
import subprocess
import sys
import time
from collections import Counter

import numpy as np
from live import MAP, ROWS_A_PERSON
from made import lists

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.lists import row_of
from hucheng.engines.linkage.pairs import Found, in_duckdb
from hucheng.engines.linkage.records import Row
from hucheng.engines.linkage.scoring import score

SEED = 21


def main(sizes: list[int]) -> None:
    print("| rows | pairs a row | true pairs reached | pair F1 | precision | found s | all s | all, processor s | MB |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    told = []
    for size in sizes:
        told.append(
            subprocess.run([sys.executable, __file__, "one", str(size)], stdout=-1, text=True, check=True).stdout
        )
        print(told[-1].strip(), flush=True)
    cells = [[float(cell) for cell in line.strip(" |\n").split("|")] for line in told]
    for few, many in zip(cells, cells[1:], strict=False):
        grown = f"{many[6] / few[6]:.1f} times the time, {many[7] / few[7]:.1f} times the processor's"
        print(f"{many[0] / few[0]:.1f} times the rows took {grown}")


def one(size: int) -> None:
    """Print the line of one size."""
    rows, truth = [], {}
    for source, person, cells in lists(int(size / ROWS_A_PERSON), SEED):
        rows.append(row_of(source, MAP[source], cells))
        truth[source, rows[-1].number] = person
    gc.freeze()
    watched, started, used = Watched(), time.perf_counter(), time.process_time()
    linked = link(rows, engine=watched)
    took, used = time.perf_counter() - started, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    scored = score(linked.persons, truth)
    pairs, reached = len(watched.low) / len(rows), watched.reached(rows, truth)
    quality = f"{pairs:.2f} | {reached:.4f} | {scored.f1:.4f} | {scored.precision:.4f}"
    print(f"| {len(rows)} | {quality} | {watched.took:.1f} | {took:.1f} | {used:.1f} | {memory} |")


class Watched:
    """The engine, and what it found."""

    def __call__(self, rows, model) -> Found:
        started = time.perf_counter()
        found = in_duckdb(rows, model)
        self.took, self.pairs, self.low, self.high = (
            time.perf_counter() - started,
            len(found.low),
            found.low,
            found.high,
        )
        return found

    def reached(self, rows: list[Row], truth: dict[tuple[str, str], str]) -> float:
        """The share of true pairs among the candidates."""
        keys, people = sorted((row.source, row.number) for row in rows), {}
        person = np.array([people.setdefault(truth[key], len(people)) for key in keys])
        wanted = sum(count * (count - 1) // 2 for count in Counter(truth.values()).values())
        return float((person[self.low] == person[self.high]).sum()) / wanted


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(int(sys.argv[2]))
    else:
        main([int(text) for text in sys.argv[1:]] or [100_000, 1_000_000])
