"""How well persons were found, where the truth is known."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of all pairs of rows of one person, within and across lists; B-cubed F1 (Bagga and Baldwin,
    1998); how many rows of the truth the answer leaves out (each counts as a person of its own)."""

    precision: float
    recall: float
    b_cubed: float
    missing: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _harmonic(self.precision, self.recall)


def score(answer: Mapping[Key, str], truth: Mapping[Key, str]) -> Score:
    """Score an answer; rows that the truth does not know are not looked at. Both empty is a perfect answer."""
    given = {key: answer.get(key, f"missing {key}") for key in truth}
    true, found = Counter(truth.values()), Counter(given.values())
    both = Counter((truth[key], given[key]) for key in truth)
    joined, right, wanted = (sum(size * (size - 1) // 2 for size in part.values()) for part in (found, both, true))
    rows = len(truth) or 1
    precise = sum(size**2 / found[group] for (_person, group), size in both.items()) / rows
    recalled = sum(size**2 / true[person] for (person, _group), size in both.items()) / rows
    missing = sum(key not in answer for key in truth)
    b_cubed = _harmonic(precise, recalled) if truth else 1.0
    return Score(right / joined if joined else 1.0, right / wanted if wanted else 1.0, b_cubed, missing)


def read_groups(path: Path) -> dict[Key, str]:
    """Read source, record_id (or rec_id) and person_id of a CSV table."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["source"].removesuffix(".csv"), row.get("record_id") or row["rec_id"]): row["person_id"]
            for row in csv.DictReader(file)
        }


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
