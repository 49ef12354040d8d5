"""Fit the shipped weights of record linkage to the project's open lists: benchmarks/linkage/fit_weights.py FOLDER.

FOLDER holds the five open lists and truth.csv (synthetic, no real person; reference/linkage). Writes data/weights.csv
of the engine: bits by term, and the share of one person's pairs among candidates (as bits of its odds).
"""

import csv
import math
import sys
from pathlib import Path

from hucheng.engines.linkage import model, tables
from hucheng.engines.linkage.candidates import candidate_pairs
from hucheng.engines.linkage.levels import levels_of
from hucheng.engines.linkage.lists import read_list, read_map
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.training import fit

RULES = {
    "joint=twins": -20.0,
    "birth=generation": -14.0,
    "name=abroad": 6.0,
    "name=consonants": 2.3438,
    "name=english": 1.505,
    "name=married": 5.3159,
    "name=nickname": 3.0,
}
"""Bits that are set and not fitted, since the lists hold too few such pairs. Twins, and parents and children of one
name, stay two unless a person says so. Names: a reading abroad says less than a shared spelling and more than an edit
(all 143 pairs of three lists were one person); consonants alone as much as near names; an English name heard in the
characters as much as a foreign one; a husband's surname before the own name as much as a part left out; a short form
more than near names and less than a name left out (all 68 pairs were one person)."""
MAP = read_map((Path(__file__).parent / "lists.yaml").read_text(encoding="utf-8"))


def main(folder: Path) -> None:
    rows = [prepare(row) for source in MAP for row in read_list(folder / f"{source}.csv", source, MAP[source])]
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        person = {(row["source"], row["rec_id"]): row["person_id"] for row in csv.DictReader(file)}
    terms, empty = Terms.of(rows), model.Model({"prior": 0.0}, {})
    pairs = [(rows[one], rows[other]) for one, other in candidate_pairs(rows)]
    found = [empty.terms_of(levels_of(a, b), a, terms) for a, b in pairs]
    same = [person[a.key] == person[b.key] for a, b in pairs]
    kept = [(terms, decided) for terms, decided in zip(found, same, strict=True) if not RULES.keys() & terms.keys()]
    bits = fit(*map(list, zip(*kept, strict=True)), start={}, trust=1.0) | RULES
    bits = from_nothing_said(bits)
    share = sum(same) / len(same)
    with (tables.DATA / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(("term", "bits"))
        table.writerow(("share", f"{math.log2(share / (1 - share)):.4f}"))
        table.writerows((term, f"{weight:.4f}") for term, weight in sorted(bits.items()))
    print(f"{len(rows)} rows, {len(pairs)} candidate pairs, {len(bits)} terms")


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
