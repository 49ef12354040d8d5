"""Whether all engines find the same: benchmarks/linkage/engines.py FOLDER...

FOLDER holds the five lists. Each is linked in DuckDB and on Spark with the same model and settings; told are the share
of pairs of rows in one person that both engines have (of those that either has), the largest difference between two
weights of one candidate pair, and seconds. Spark is no part of the set-up: pip install --target FOLDER pyspark, that
folder in PYTHONPATH, and a Java of 17 or later; without it that is said, and only DuckDB is timed.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.lists import ListError, read_list, read_map
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.on_spark import on_spark
from hucheng.engines.linkage.pairs import Found, in_duckdb
from hucheng.engines.linkage.records import Row

MAP = read_map((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
Key = tuple[str, str]


def main(folders: list[Path]) -> None:
    print("| lists | rows | pairs both join | candidate pairs | largest difference | DuckDB s | Spark s |")
    print("|---|---|---|---|---|---|---|")
    for folder in folders:
        rows = [row for source in MAP for row in read_list(folder / f"{source}.csv", source, MAP[source])]
        mine, took, found = run(rows, in_duckdb)
        try:
            theirs, took_there, there = run(rows, on_spark)
        except ListError as missing:
            print(f"| {folder.name} | {len(rows)} | {missing} | {len(found.bits)} | | {took:.1f} | |")
            continue
        same = list(zip(found.low, found.high, strict=True)) == list(zip(there.low, there.high, strict=True))
        apart = f"{abs(found.bits - there.bits).max():.1e}" if same else "other pairs"
        agreed = len(mine & theirs) / max(len(mine | theirs), 1)
        seconds = f"{took:.1f} | {took_there:.1f}"
        print(f"| {folder.name} | {len(rows)} | {agreed:.5f} | {len(found.bits)} | {apart} | {seconds} |")


def run(rows: list[Row], engine: Callable) -> tuple[set[tuple[Key, Key]], float, Found]:
    """The pairs of rows of one person, seconds, and what the engine found."""
    kept: list[Found] = []

    def watched(given, model):
        kept.append(engine(given, model))
        return kept[0]

    started = time.perf_counter()
    persons = link(rows, model=shipped(), engine=watched).persons
    took = time.perf_counter() - started
    of: dict[str, list[Key]] = defaultdict(list)
    for key in sorted(persons):
        of[persons[key]].append(key)
    return {pair for keys in of.values() for pair in combinations(keys, 2)}, took, kept[0]


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
