"""How well lists are linked: benchmarks/linkage/evaluate.py FOLDER..., each with five lists and truth.csv.

Prints a table: our engine with its shipped weights beside what a user would write in an hour, names compared by
RapidFuzz within blocks of one birthday, one document or one phone, in the same run on the same rows.
"""

import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.lists import read_list, read_map
from hucheng.engines.linkage.records import Row
from hucheng.engines.linkage.scoring import Score, read_groups, score

MAP = read_map((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
CLOSE = 88
"""The similarity at which the names of the plain way count as one; the best of several on these lists."""


def main(folders: list[Path]) -> None:
    print("| lists | rows | engine F1 | B-cubed | precision | questions per 1,000 | s | plain F1 | B-cubed | s |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for folder in folders:
        rows = [row for source in MAP for row in read_list(folder / f"{source}.csv", source, MAP[source])]
        truth = read_groups(folder / "truth.csv")
        started = time.perf_counter()
        linked = link(rows)
        ours, took = score(linked.persons, truth), time.perf_counter() - started
        plain, plain_took = plainly(rows, truth)
        asked = 1000 * len(linked.questions) / len(rows)
        of_ours = f"{ours.f1:.3f} | {ours.b_cubed:.3f} | {ours.precision:.4f} | {asked:.1f} | {took:.1f}"
        print(f"| {folder.name} | {len(rows)} | {of_ours} | {plain.f1:.3f} | {plain.b_cubed:.3f} | {plain_took:.1f} |")


def plainly(rows: list[Row], truth: dict[tuple[str, str], str]) -> tuple[Score, float]:
    """Names in pinyin compared by RapidFuzz within simple blocks, pairs joined in chains."""
    started = time.perf_counter()
    names = [plain_name(row) for row in rows]
    blocks: dict[object, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for key in {row.birth.day, *row.documents, row.phone[-8:]} - {None, ""}:
            blocks[key].append(place)
    of = list(range(len(rows)))
    for places in blocks.values():
        for one, other in combinations(places[:200], 2):
            if fuzz.token_sort_ratio(names[one], names[other]) >= CLOSE:
                _chain(of, one, other)
    persons = {(row.source, row.number): str(_root(of, place)) for place, row in enumerate(rows)}
    return score(persons, truth), time.perf_counter() - started


def plain_name(row: Row) -> str:
    written = row.name or f"{row.surname} {row.given}"
    return "".join(lazy_pinyin(written.replace("/", " "))).upper()


def _root(of: list[int], place: int) -> int:
    while of[place] != place:
        place = of[place]
    return place


def _chain(of: list[int], one: int, other: int) -> None:
    of[_root(of, other)] = _root(of, one)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
