"""Whether lists hold families, and what follows for those who share a home."""

import random
from datetime import date, timedelta

import pytest

from hucheng.engines.linkage.families import ENOUGH
from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.tests.people import a_row

GIVEN = ("Amber", "Brooke", "Charles", "Daniel", "Eleanor", "Felix", "Grace", "Henry", "Isla", "Jack")
SURNAMES = (
    "Holman",
    "Lindson",
    "Westford",
    "Norridge",
    "Pemberton",
    "Garlock",
    "Thornley",
    "Ashworth",
    "Corley",
    "Fenham",
)
TWINS = (("one", "1"), ("other", "1"))


def rolls(homes, *, brothers):
    """Two rolls of people each in a home of their own, or with a younger brother; of the first home each roll gives a
    row that looks like a twin of the other: one surname and birthday, another given name and number."""
    dice = random.Random(8)

    def number():
        return (str(dice.randrange(10**7, 10**8)),)

    for place in range(1, homes + 1):
        born = date(1950, 1, 1) + timedelta(days=dice.randrange(15_000))
        home = {"address": (f"{dice.randrange(1, 999)} {dice.choice(SURNAMES)} Street",), "postcode": f"{2000 + place}"}
        said = {"surname": dice.choice(SURNAMES), "given": dice.choice(GIVEN), "documents": number(), **home}
        younger = said | {"given": "Victor", "documents": number(), "birth": born + timedelta(days=1_400)}
        twin = said | ({"given": "Zoe", "documents": number()} if place == 1 else {})
        yield from (a_row(place, "one", birth=born, **said), a_row(place, "other", birth=born, **twin))
        if brothers:
            yield from (a_row(f"b{place}", source, **younger) for source in ("one", "other"))


@pytest.mark.parametrize(
    ("homes", "brothers", "one"), [(ENOUGH + 40, False, True), (ENOUGH + 40, True, False), (ENOUGH // 2, False, False)]
)
def test_what_looks_like_twins_is_one_person_where_many_homes_hold_nobody_else(homes, brothers, one):
    persons = link(rolls(homes, brothers=brothers)).persons
    assert (persons[TWINS[0]] == persons[TWINS[1]]) == one
    assert len(set(persons.values())) == homes * (1 + brothers) + (not one)


def test_a_crowd_under_one_phone_is_no_sign_that_there_are_no_families():
    rows = [a_row(number, name="张伟", birth=date(1990, 1, 1), phone="13500001111") for number in range(30)]
    shared = link([*rows, *rolls(ENOUGH // 2, brothers=False)]).persons
    assert shared[TWINS[0]] != shared[TWINS[1]]
