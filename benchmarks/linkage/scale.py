"""How a run grows with its rows: benchmarks/linkage/scale.py ROWS ROWS...   (10,000 and 100,000 by default)

For each size, lists of invented people (made.py) over as many days as a real arrival would take: seconds of each step,
candidate pairs a row, the share of true pairs they reach, keys that too many rows share, memory, and how right it was.
"""

import resource
import sys
import time
from collections import Counter

from live import ROWS_A_PERSON, row_of
from made import lists

from hucheng.engines.linkage.blocking import candidate_pairs, keys_of, largest
from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.records import Prepared, Row, prepare
from hucheng.engines.linkage.scoring import score

SEED = 21


def main(sizes: list[int]) -> None:
    print("| rows | prepare s | pairs s | all s | pairs a row | true pairs reached | pair F1 | precision | MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    times = []
    for size in sizes:
        told = list(lists(int(size / ROWS_A_PERSON), SEED))
        rows = [row_of(source, cells) for source, _person, cells in told]
        truth = {(row.source, row.number): person for row, (_source, person, _cells) in zip(rows, told, strict=True)}
        prepared, took = timed(in_order, rows)
        pairs, paired = timed(candidate_pairs, prepared)
        right = sum(truth[prepared[one].key] == truth[prepared[other].key] for one, other in pairs)
        wanted = sum(count * (count - 1) // 2 for count in Counter(truth.values()).values())
        number, crowd = len(pairs), crowded(prepared)
        del pairs, prepared
        linked, all_of_it = timed(link, rows)
        scored = score(linked.persons, truth)
        times.append((len(rows), all_of_it))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        quality = f"{scored.f1:.4f} | {scored.precision:.4f} | {memory}"
        print(
            f"| {len(rows)} | {took:.1f} | {paired:.1f} | {all_of_it:.1f} "
            f"| {number / len(rows):.2f} | {right / wanted:.4f} | {quality} |"
        )
        print(f"  keys that find nothing, by kind: {crowd}", file=sys.stderr)
    for (few, short), (many, long) in zip(times, times[1:], strict=False):
        print(f"{many / few:.1f} times the rows took {long / short:.1f} times the time")


def crowded(rows: list[Prepared]) -> dict[str, str]:
    """By kind of key, the share of its uses that find nothing because too many rows have the key."""
    used: Counter[tuple[str, int]] = Counter()
    limits: dict[int, tuple[str, int]] = {}
    counts: Counter[int] = Counter()
    for row in rows:
        for key in keys_of(row):
            counts[hash(key)] += 1
            limits[hash(key)] = str(key[0]), largest(key)
    for code, count in counts.items():
        kind, limit = limits[code]
        used[kind, int(count > limit)] += count
    kinds = sorted({kind for kind, _lost in used if used[kind, 1]})
    return {kind: f"{used[kind, 1] / (used[kind, 0] + used[kind, 1]):.2f}" for kind in kinds}


def in_order(rows: list[Row]) -> list[Prepared]:
    return sorted(map(prepare, rows), key=lambda row: row.key)


def timed(work, rows):
    started = time.perf_counter()
    return work(rows), time.perf_counter() - started


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [10_000, 100_000])
