"""The five open lists of the project (synthetic; reference folder): the bars of the linkage study."""

import csv
from pathlib import Path

import pytest

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.lists import read_list, read_map
from hucheng.engines.linkage.scoring import read_groups, score

MAP = read_map((Path(__file__).parents[5] / "benchmarks" / "linkage" / "lists.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def linked(reference):
    folder = reference / "linkage"
    rows = [row for source in MAP for row in read_list(folder / f"{source}.csv", source, MAP[source])]
    return rows, link(rows), read_groups(folder / "truth.csv")


def test_persons_are_found(linked):
    _rows, found, truth = linked
    scored = score(found.persons, truth)
    assert scored.f1 >= 0.985 and scored.b_cubed >= 0.989 and scored.precision >= 0.995 and scored.missing == 0


def test_no_group_of_passports_is_left_behind(linked, reference):
    """Linkage errors fall hardest on names that are not in pinyin: no group more than .03 below the mean."""
    rows, found, truth = linked
    nationality = {truth[row.source, row.number]: row.nationality for row in rows if row.source == "border"}
    overall = score(found.persons, truth).f1
    for group in ("CHN", "HKG", "TWN"):
        part = {key: person for key, person in truth.items() if nationality.get(person) == group}
        assert len(part) > 400 and score(found.persons, part).f1 > overall - 0.03


def test_questions_are_few_and_answering_them_helps(linked):
    rows, found, truth = linked
    assert len(found.questions) <= 25 * len(rows) / 1000
    yes = [one for one in found.questions if truth[one.one] == truth[one.other]]
    assert len(yes) > 0.5 * len(found.questions)


def test_the_map_names_columns_that_the_lists_have(reference):
    for source in MAP:
        with (reference / "linkage" / f"{source}.csv").open(encoding="utf-8") as file:
            assert MAP[source]["number"] in next(csv.reader(file))
