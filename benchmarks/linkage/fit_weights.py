"""Fit the shipped weights of record linkage to synthetic lists: benchmarks/linkage/fit_weights.py FOLDER.

FOLDER holds the five open lists and truth.csv (no real person; reference/linkage). What they do not hold, postcodes,
places and families at one address in letters, comes from the lists of `western.py`, seed 1. Writes data/weights.csv of
the engine: bits by term, and the share of one person's pairs among candidates (as bits of its odds).
"""

import csv
import math
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import western

from hucheng.engines.linkage import model, tables
from hucheng.engines.linkage.candidates import candidate_pairs
from hucheng.engines.linkage.levels import levels_of
from hucheng.engines.linkage.lists import Columns, read_list, read_map
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.scoring import read_groups
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.training import fit

RULES = {
    "joint=twins": -20.0,
    "birth=generation": -6.0,
    "joint=generations": -8.0,
    "name=abroad": 6.0,
    "name=consonants": 1.7512,
    "name=english": 1.6722,
    "name=married": 4.7364,
    "name=nickname": 3.0,
}
"""Bits that are set and not fitted, since the lists hold too few such pairs. Twins, and parents and children of one
name, stay two unless a person says so. Names: a reading abroad says less than a shared spelling and about an edit's
(all 143 pairs of three lists were one person); consonants alone as much as near names; an English name heard in the
characters as much as a foreign one; a husband's surname before the own name as much as a part left out; a short form
more than near names and less than a name left out (all 68 pairs were one person)."""
MOVED = -1.5
"""Another address says no more than this: in made lists few people move, and none gives a hotel or a relative's."""
MAP = read_map((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))
WESTERN, SEED = 4_000, 1
Decided = tuple[dict[str, float], bool]


def main(folder: Path) -> None:
    decided = pairs_of(folder, MAP)
    share = sum(same for _found, same in decided) / len(decided)
    with tempfile.TemporaryDirectory() as made:
        western.write(Path(made), WESTERN, SEED)
        other = pairs_of(Path(made), read_map(western.MAP))
    # A term of their own takes up that the western lists have another share of one person's pairs among candidates.
    decided += [({**found, "lists=western": 1.0}, same) for found, same in other]
    for found, _same in decided:
        found.pop("joint=one_home", None)
    kept = [(found, same) for found, same in decided if not RULES.keys() & found.keys()]
    bits = fit(*map(list, zip(*kept, strict=True)), start={}, trust=1.0) | RULES
    del bits["lists=western"]
    bits = from_nothing_said(bits)
    bits |= {term: max(bits[term], MOVED) for term in ("address=else", "address=region")}
    with (tables.DATA / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("term", "bits"))
        table.writerow(("share", f"{math.log2(share / (1 - share)):.4f}"))
        table.writerows((term, f"{weight:.4f}") for term, weight in sorted(bits.items()))
    print(f"{len(decided)} candidate pairs, {len(bits)} terms")


def pairs_of(folder: Path, columns: Mapping[str, Columns]) -> list[Decided]:
    """The terms of each candidate pair of some lists, and whether it is one person's."""
    rows = [prepare(row) for source in columns for row in read_list(folder / f"{source}.csv", source, columns[source])]
    person = read_groups(folder / "truth.csv")
    terms, empty = Terms.of(rows), model.Model({"prior": 0.0}, {})
    pairs = [(rows[one], rows[other]) for one, other in candidate_pairs(rows)]
    return [(empty.terms_of(levels_of(a, b), a, terms), person[a.key] == person[b.key]) for a, b in pairs]


def from_nothing_said(bits: dict[str, float]) -> dict[str, float]:
    """The same model told otherwise: a field that is not said weighs nothing, what it weighed goes to the prior."""
    told = dict(bits)
    for field in {term.partition("=")[0] for term in bits} - {"prior", "joint", "rarity"}:
        nothing = bits.get(f"{field}=null", bits.get(f"{field}=else", 0.0) if field == "source" else 0.0)
        told["prior"] += nothing
        told |= {term: weight - nothing for term, weight in bits.items() if term.startswith(f"{field}=")}
    return told


if __name__ == "__main__":
    main(Path(sys.argv[1]))
