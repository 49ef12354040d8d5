"""The open lists with their truth: what is certain is right, and what waits for a person is worth the look."""

from pathlib import Path

import pytest

from hucheng.engines.linkage.candidates import candidate_pairs
from hucheng.engines.linkage.judging import judge
from hucheng.engines.linkage.lists import read_list, read_map
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.scoring import read_groups
from hucheng.engines.linkage.terms import Terms

MAP = read_map((Path(__file__).parents[5] / "benchmarks" / "linkage" / "lists.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pairs(reference):
    """Every candidate pair of three lists: whether it is one person, and what the engine says of it."""
    folder = reference / "linkage"
    lists = ("border", "airline", "county")
    rows = [prepare(row) for source in lists for row in read_list(folder / f"{source}.csv", source, MAP[source])]
    truth, terms = read_groups(folder / "truth.csv"), Terms.of(rows)
    return [
        (truth[rows[one].key] == truth[rows[other].key], judge(rows[one], rows[other], terms))
        for one, other in candidate_pairs(rows)
    ]


def test_of_thousands_of_certain_pairs_none_is_two_people(pairs):
    certain = [right for right, found in pairs if found.certain]
    assert len(certain) > 4_000 and all(certain)


def test_what_waits_for_a_person_is_nearly_always_one_person(pairs):
    possible = [right for right, found in pairs if found.possible]
    assert len(possible) > 3_000 and sum(possible) / len(possible) > 0.98


def test_what_is_neither_is_nearly_always_two_people(pairs):
    """Strangers of one household share a phone and a surname; none of them was joined."""
    others = [right for right, found in pairs if not found.certain and not found.possible]
    assert sum(not right for right in others) / len(others) > 0.95
