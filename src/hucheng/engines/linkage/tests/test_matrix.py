"""Who is missing from which list (NEW-04): planted gaps are found with the right list."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.matrix import Gap, gaps, matrix
from hucheng.engines.linkage.tests.people import made_lists

LISTS = ("airline", "border", "hotel", "survey")
PERSONS = {("airline", "1"): "a", ("border", "9"): "a", ("border", "2"): "b", ("hotel", "3"): "b", ("hotel", "4"): "b"}
persons = st.dictionaries(
    st.tuples(st.sampled_from(LISTS), st.sampled_from("123456")), st.sampled_from("abcd"), max_size=20
)


def planted(count):
    """Lists on which everybody stands, but for so many people who are missing from one each; and those gaps."""
    dice = random.Random(71)
    border = [row for row in made_lists(71, count * 3 // 2)[0] if row.source == "border"]
    rows, missing = [], {}
    for row in border:
        lacking = dice.choice(LISTS) if len(missing) < count else ""
        if lacking:
            missing[row.number] = lacking
        latin = {"name": f"{row.surname}/{row.given}", "surname": "", "given": ""}
        written = {"airline": latin, "border": {}, "hotel": latin | {"flight": ""}, "survey": latin | {"documents": ()}}
        rows += [replace(row, source=source, **said) for source, said in written.items() if source != lacking]
    dice.shuffle(rows)
    return rows, missing


def test_of_a_thousand_planted_gaps_nearly_all_are_listed_with_the_right_list():
    rows, missing = planted(1_000)
    linked = link(rows).persons
    found = {gap.person: gap.missing for gap in gaps(linked, LISTS)}
    person_of = {row.number: linked[row.source, row.number] for row in rows}
    right = sum(found.get(person_of[number]) == {lacking} for number, lacking in missing.items())
    assert len(missing) == 1_000 and right >= 990
    assert len(found) <= 1_010, "nobody who is on all lists is said to be missing"


def test_gaps_of_a_few():
    assert gaps(PERSONS, ("airline", "border", "hotel")) == [
        Gap("a", frozenset({"airline", "border"}), frozenset({"hotel"})),
        Gap("b", frozenset({"border", "hotel"}), frozenset({"airline"})),
    ]
    assert gaps(PERSONS, ("border",)) == [] == gaps({}, LISTS) == gaps(PERSONS, ())


def test_the_matrix_of_a_few():
    assert matrix(PERSONS, ("airline", "border")) == {
        ("airline", "airline"): 1,
        ("airline", "border"): 0,
        ("border", "airline"): 1,
        ("border", "border"): 2,
    }


@given(persons)
def test_every_person_of_a_list_is_on_the_other_or_missing_there(found):
    counted = matrix(found, LISTS)
    lacking = gaps(found, LISTS)
    for here in LISTS:
        assert counted[here, here] == len({person for (source, _n), person in found.items() if source == here})
        for there in set(LISTS) - {here}:
            assert counted[here, there] == sum(here in gap.on and there in gap.missing for gap in lacking)
