"""Lists as they come: crowds of one name, one agency's number, families, lists sent again (section 11 of the study)."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from hucheng.engines.linkage.link import link
from hucheng.engines.linkage.register import SURE, Register
from hucheng.engines.linkage.tests.people import FAMILIES, GIVEN, a_row, made_lists
from hucheng.engines.linkage.tests.test_births import with_check

DAY = date(2020, 3, 20)
LI = {"name": "李雅婷", "birth": date(1996, 5, 9), "documents": ("EA7654321",), "phone": "13512345678", "day": DAY}


def groups(rows, **decided):
    persons = link(rows, **decided).persons
    return len(set(persons.values()))


def someone(dice, number, **said):
    name = dice.choice(FAMILIES) + "".join(dice.sample(GIVEN, 2))
    born = date(1950, 1, 1) + timedelta(days=dice.randrange(22_000))
    return a_row(number, **{"name": name, "birth": born, "day": DAY} | said)


@pytest.mark.parametrize("documents", [False, True], ids=["without documents", "with their own passports"])
def test_ten_thousand_of_one_name_and_new_years_birthday_are_neither_joined_nor_asked_about(documents):
    def papers(number):
        return (f"E{10**8 + 7919 * number:09}",) if documents else ()

    crowd = [
        a_row(
            number,
            ("border", "hotel")[number % 2],
            name="张伟",
            birth=date(1990, 1, 1),
            day=DAY,
            documents=papers(number),
        )
        for number in range(10_000)
    ]
    linked = link(crowd)
    assert len(set(linked.persons.values())) == 10_000 and linked.questions == []


def test_three_thousand_under_the_phone_of_one_agency_are_not_chained():
    dice = random.Random(4)
    rows = [
        someone(dice, place, phone="13500001111", documents=(f"E{dice.randrange(10**8):08}",)) for place in range(3_000)
    ]
    assert groups(rows) >= 2_999


def test_a_thousand_born_on_new_years_day_are_not_chained():
    dice = random.Random(5)
    said = {"nationality": "IRN", "flight": "W581"}
    names = [f"{one}/{two}" for one in ("AHMADI", "KARIMI", "HOSSEINI") for two in ("ALI", "REZA", "MARYAM", "ZAHRA")]
    rows = [
        someone(
            dice, place, name=dice.choice(names), birth=date(1950 + place % 40, 1, 1),
            documents=(f"P{dice.randrange(10**8):08}",), **said,
        )
        for place in range(1_000)
    ]  # fmt: skip
    assert groups(rows) >= 997


def test_a_number_that_hundreds_carry_is_nobodys():
    dice = random.Random(6)
    rows = [
        someone(dice, place, name=dice.choice("王李张刘") + dice.choice("伟芳娜敏静"), documents=("DBX20201",))
        for place in range(300)
    ]
    bare = [replace(row, documents=()) for row in rows]
    assert groups(rows) == groups(bare) >= 295


@pytest.mark.parametrize("number", ["NA", "无", "0", "E00000000", "000000", "123456789"])
def test_a_placeholder_for_a_document_chains_nobody(number):
    dice = random.Random(5)
    assert groups([someone(dice, place, documents=(number,)) for place in range(150)]) == 150


def test_the_document_of_a_travel_agency_chains_nobody():
    dice = random.Random(6)
    rows = [someone(dice, place, documents=("EA1234509",), phone="13500001111") for place in range(60)]
    assert groups(rows) >= 59


TWINS = {"birth": date(2008, 2, 2), "phone": "13512345678", "flight": "CA910", "day": DAY}
PASSPORT, PERMIT = ("EA1111112",), ("H12345678",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"name": "王思雨", "documents": ("EA1111112",), **TWINS},
            {"name": "王思琪", "documents": ("EA1111113",), **TWINS},
        ),
        (
            {"name": "MOHAMED/AHMED", "birth": date(1961, 3, 3), "phone": "13512345678"},
            {"name": "MOHAMED/AHMED", "birth": date(1990, 8, 8), "phone": "13512345678"},
        ),
        ({"name": "王国栋", "phone": "13512345678"}, {"name": "赵启明", "phone": "13512345678"}),
        (
            {"name": "LEE/MING", "birth": date(1980, 4, 4), "documents": ("C1234567",), "nationality": "DEU"},
            {"name": "GARCIA/ANA", "birth": date(1991, 9, 9), "documents": ("C1234567",), "nationality": "ESP"},
        ),
    ],
    ids=["twins", "father and son", "a recycled phone", "one number of two countries"],
)
def test_two_people_stay_two(one, other):
    assert groups([a_row(1, "border", **one), a_row(1, "hotel", **other)]) == 2


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [(("EA1111112",), ("EB2222223",)), (PASSPORT, PERMIT), (PASSPORT, (with_check("14010519960509002"),))],
    ids=["a renewed passport", "a permit for Hong Kong", "an identity card"],
)
def test_two_documents_are_no_veto_where_all_else_agrees(mine, theirs):
    said = LI | {"flight": "CA910"}
    assert (
        groups([a_row(1, "border", **said | {"documents": mine}), a_row(1, "hotel", **said | {"documents": theirs})])
        == 1
    )


@pytest.mark.parametrize(
    "name",
    [
        "王", "令狐若曦", "阿卜杜拉·买买提", "李Emily", "李雅□", "李?婷", "李\u3000雅婷", "李\u200b雅婷",
        "\u202eLI/YATING",
        "李" * 300, "A" * 300, "李雅婷😀", "محمد أحمد", "ИВАНОВ/СЕРГЕЙ", "🙂", "",
    ],
)  # fmt: skip
def test_odd_names_are_found_again_by_their_document(name):
    rows = [a_row(1, "border", **LI | {"name": name}), a_row(1, "hotel", **LI | {"name": name})]
    assert groups(rows) == 1


def test_a_list_sent_again_with_three_rows_changed_changes_those_three_alone():
    rows, _truth = made_lists(61, 120)
    before = link(rows).persons
    assert link(list(rows)).persons == before, "sent again as it was it changes nothing"
    changed = [place for place, row in enumerate(rows) if row.source == "hotel"][:3]
    again = list(rows)
    for place in changed:
        again[place] = replace(rows[place], name="欧阳若曦", phone="", documents=(), birth=a_row().birth)
    after = link(again).persons
    keys = {(rows[place].source, rows[place].number) for place in changed}
    kept = {key for key in before if key not in keys}

    def partition(persons):
        return {frozenset(key for key in kept if persons[key] == one) for one in persons.values()} - {frozenset()}

    assert partition(after) == partition(before)
    assert all(after[key] != before[key] for key in keys)


def test_a_register_that_gets_a_list_again_looks_up_the_changed_rows_only(tmp_path):
    rows = [row for row in made_lists(62, 60)[0] if row.source == "border"]
    register = Register(tmp_path / "register.sqlite3")
    register.add(rows)
    again = [replace(row, phone="13500009999") if place < 3 else row for place, row in enumerate(rows)]
    changed = [row for row in again if row not in set(rows)]
    for row in changed:
        register.remove(row.source, row.number)
    register.add(changed)
    fresh = Register(":memory:")
    fresh.add(again)
    asked = a_row("x", "hotel", phone="13500009999")
    assert len(changed) == 3 and len(register) == len(rows)
    assert [(one.row, one.weight) for one in register.who(asked)] == [(one.row, one.weight) for one in fresh.who(asked)]


def test_a_join_that_proves_wrong_gives_each_row_back():
    rows = [a_row(1, "border", **LI), a_row(1, "hotel", **LI), a_row(2, "hotel", name="王国栋", phone="13800001111")]
    border, hotel, other = ((row.source, row.number) for row in rows)
    joined = link(rows, same=[(border, hotel), (border, other)]).persons
    assert joined[border] == joined[hotel] == joined[other]
    split = link(rows, other=[(border, hotel)]).persons
    assert len(set(split.values())) == 3
    assert link(rows).persons == {border: "border:1", hotel: "border:1", other: "hotel:2"}


def test_of_a_thousand_strangers_whose_family_is_there_none_is_taken_for_it():
    """A brother or sister: same surname, phone, flight and day; other given name, birthday and document."""
    dice = random.Random(63)
    register = Register(":memory:")
    homes = []
    for number in range(1_000):
        shared = {
            "phone": f"139{number:08}",
            "flight": f"CA{900 + number % 9}",
            "day": DAY + timedelta(days=number % 14),
        }
        homes.append((dice.choice(FAMILIES), shared))
    people = [
        someone(dice, place, name=family + "".join(dice.sample(GIVEN, 2)), documents=(f"EA{place:07}",), **shared)
        for place, (family, shared) in enumerate(homes)
    ]
    register.add(people)
    alone = 0
    for place, (family, shared) in enumerate(homes):
        name = family + "".join(dice.sample(GIVEN, 2))
        found = register.who(
            someone(dice, f"s{place}", name=name, source="hotel", documents=(f"EB{place:07}",), **shared)
        )
        alone += bool(found) and found[0].weight >= SURE
    assert alone == 0
