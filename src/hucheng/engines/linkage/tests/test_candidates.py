"""Pairs joined in DuckDB: the same whatever the portions, and nothing is left behind."""

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from hucheng.engines.linkage import candidates
from hucheng.engines.linkage.blocking import keys_of, largest
from hucheng.engines.linkage.candidates import Joined, candidate_pairs, joined
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.pairs import in_duckdb
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.tests.people import made_lists

LISTS = sorted(made_lists(71, 70)[0], key=lambda row: (row.source, row.number))
ROWS = [prepare(row) for row in LISTS]


def test_it_finds_and_weighs_what_a_plain_loop_does():
    """The engine beside the rule it follows: rows under each key, pairs of keys that few share, one weight a pair."""
    under, terms = defaultdict(list), Terms.of(ROWS)
    for place, row in enumerate(ROWS):
        for key in keys_of(row):
            under[key].append(place)
    usable = [places for key, places in under.items() if len(places) <= largest(key)]
    pairs = sorted({pair for places in usable for pair in combinations(places, 2)})
    found = in_duckdb(LISTS, shipped())
    assert found.rows == ROWS and found.terms == terms
    assert list(zip(found.low.tolist(), found.high.tolist(), strict=True)) == pairs
    alone = [shipped().weight(ROWS[low], ROWS[high], terms) for low, high in pairs]
    assert found.bits.tolist() == pytest.approx(alone, abs=1e-9)


def test_portions_change_nothing(monkeypatch):
    whole = candidate_pairs(ROWS)
    monkeypatch.setattr(candidates, "AT_ONCE", 17)
    assert candidate_pairs(ROWS) == whole
    with joined(ROWS) as pairs:
        assert len(list(pairs.portions())) == -(-len(ROWS) // 17)


@pytest.mark.parametrize("broken_off", [False, True])
def test_nothing_stays_on_the_disk(monkeypatch, tmp_path, broken_off):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    try:
        with joined(ROWS) as pairs:
            assert [path.name[:13] for path in tmp_path.iterdir()] == ["hucheng-link-"]
            if broken_off:
                raise KeyboardInterrupt
            list(pairs.portions())
    except KeyboardInterrupt:
        pass
    assert list(Path(tmp_path).iterdir()) == []


def test_no_row_gives_no_pair():
    assert candidate_pairs([]) == []


def test_a_query_that_is_stopped_stops_the_run_and_one_that_fails_says_why():
    class Failing:
        def __init__(self, message):
            self.message = message

        def execute(self, *_args):
            raise RuntimeError(self.message)

    with pytest.raises(KeyboardInterrupt):
        Joined(Failing("Query interrupted"), ROWS)
    with pytest.raises(RuntimeError, match="no space"):
        Joined(Failing("no space left"), ROWS)
