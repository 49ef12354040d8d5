"""Who is this? Asked while a clerk types, answered from a file."""

import sqlite3
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from hucheng.engines.linkage.blocking import LARGEST
from hucheng.engines.linkage.model import shipped
from hucheng.engines.linkage.records import prepare
from hucheng.engines.linkage.register import Register
from hucheng.engines.linkage.terms import Terms
from hucheng.engines.linkage.tests.people import a_row, made_lists

LI = {"name": "李雅婷", "birth": date(1996, 5, 9), "documents": ("EA7654321",), "phone": "13512345678"}


@pytest.fixture
def register(tmp_path):
    opened = Register(tmp_path / "register.sqlite3")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """A register of 200 people's border rows, the other rows to ask with, and the truth."""
    rows, truth = made_lists(41, 200)
    opened = Register(tmp_path_factory.mktemp("known") / "register.sqlite3")
    opened.add(row for row in rows if row.source == "border")
    return opened, [row for row in rows if row.source != "border"], truth


def test_the_right_person_stands_first(known):
    register, asked, truth = known
    first = [register.who(row)[:1] for row in asked]
    right = sum(
        bool(found) and truth["border", found[0].row.number] == truth[row.source, row.number]
        for row, found in zip(asked, first, strict=True)
    )
    assert right >= 0.98 * len(asked)


def test_a_live_weight_is_that_of_a_run_over_the_register_and_the_row(known):
    register, asked, _truth = known
    rows = {row.number: prepare(row) for row in made_lists(41, 200)[0] if row.source == "border"}
    for row in asked[:40]:
        terms = Terms.of([*rows.values(), prepare(row)])
        for found in register.who(row):
            whole = shipped().weight(prepare(row), rows[found.row.number], terms)
            assert found.weight == pytest.approx(whole, abs=1e-9)
            assert sum(bar.bits for bar in found.bars) == pytest.approx(found.weight, abs=1e-9)


def test_strangers_whose_family_is_in_the_register_are_not_taken_for_it(register):
    trip = {"flight": "CA910", "day": date(2020, 4, 6), "phone": "13512345678"}
    register.add([a_row(1, name="李建国", birth=date(1961, 2, 3), documents=("EA7654321",), **trip)])
    (found,) = register.who(a_row(2, name="李志强", birth=date(1990, 8, 21), documents=("EB1112223",), **trip))
    assert found.weight < 0


def test_a_row_is_found_at_once_and_gone_at_once(register):
    assert register.who(a_row("x", "hotel", **LI)) == []
    register.add([a_row(1, **LI)])
    assert [one.row for one in register.who(a_row("x", "hotel", **LI))] == [a_row(1, **LI)]
    register.remove("border", "1")
    assert register.who(a_row("x", "hotel", **LI)) == [] and len(register) == 0


def test_a_row_does_not_find_itself(register):
    register.add([a_row(1, **LI)])
    assert register.who(a_row(1, **LI)) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"documents": ("EA7654321",)},
        {"documents": ("EA7654312",)},
        {"phone": "+86 13512345678"},
        {"name": "LI/YATING", "birth": 1996},
        {"name": "李雅婷"},
        {"name": "Yating Li"},
    ],
)
def test_one_field_is_enough_to_find_somebody(register, typed):
    register.add([a_row(1, **LI), a_row(2, name="王国栋", phone="13800001111", birth=date(1980, 2, 2))])
    assert [one.row.number for one in register.who(a_row("x", "hotel", **typed))] == ["1"]


def test_at_most_so_many_are_given_the_likeliest_first(register):
    register.add(a_row(number, name="李雅婷", birth=date(1996, 5, 1 + number)) for number in range(12))
    found = register.who(a_row("x", "hotel", name="李雅婷", birth=date(1996, 5, 4)))
    weights = [one.weight for one in found]
    assert len(found) == 5 and weights == sorted(weights, reverse=True) and found[0].row.number == "3"
    assert len(register.who(a_row("x", "hotel", name="李雅婷"), at_most=2)) == 2


def test_a_key_that_too_many_share_finds_nobody(register):
    register.add(a_row(number, phone="13500001111") for number in range(LARGEST["phone"]))
    assert register.who(a_row("x", "hotel", phone="13500001111")) == []
    register.remove("border", "0")
    assert len(register.who(a_row("x", "hotel", phone="13500001111"))) == 5


def test_adding_is_all_or_nothing(register):
    register.add([a_row(1, **LI)])
    with pytest.raises(ValueError, match="Row 1 of border is there already"):
        register.add([a_row(2, name="王国栋", phone="13800001111"), a_row(1, **LI)])
    assert len(register) == 1 and register.who(a_row("x", "hotel", phone="13800001111")) == []


def test_rows_entered_in_portions_are_one_register_and_all_or_nothing_too(register, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.register.ROWS_AT_ONCE", 2)
    rows = [a_row(number, name="王国栋", phone=f"1380000111{number}") for number in range(5)]
    with pytest.raises(ValueError, match="there already"):
        register.add([*rows, rows[0]])
    assert len(register) == 0
    register.add(rows)
    assert len(register) == 5
    assert [one.row.number for one in register.who(a_row("x", "hotel", phone="13800001113"))][0] == "3"


def test_what_is_not_there_cannot_be_removed(register):
    with pytest.raises(KeyError):
        register.remove("border", "9")


def test_the_file_is_opened_again_as_it_was(tmp_path):
    path = tmp_path / "register.sqlite3"
    first = Register(path)
    row = a_row(1, **LI, seat="12A", day=date(2020, 4, 6), flight="CA910", county="小店区", origin="CAN")
    first.add([row])
    first.close()
    again = Register(path)
    assert [one.row for one in again.who(a_row("x", "hotel", **LI))] == [row] and len(again) == 1
    again.close()


def test_what_another_process_writes_is_seen_at_once(tmp_path):
    path = tmp_path / "register.sqlite3"
    here, elsewhere = Register(path), Register(path)
    here.add([a_row(1, **LI)])
    asked = a_row("x", "hotel", **LI)
    (found,) = here.who(asked)
    elsewhere.add(a_row(number, name="李雅婷", birth=date(1990, 1, number), phone="13512345678") for number in (2, 3))
    (again, *_others) = here.who(asked)
    assert again.row == found.row and again.rare != found.rare, "The name is commoner now."
    assert len(here) == 3
    elsewhere.remove("border", "3")
    elsewhere.add([a_row(4, **LI)])
    assert {one.row.number for one in here.who(asked)} >= {"1", "4"}, "Row 4 has the place in the file that row 3 had."
    here.close()
    elsewhere.close()


def test_keys_are_kept_as_codes(tmp_path):
    path = tmp_path / "register.sqlite3"
    register = Register(path)
    register.add([a_row(1, **LI)])
    register.close()
    db = sqlite3.connect(path)
    kept = [value for table in ("entry_key", "term") for row in db.execute(f"SELECT * FROM {table}") for value in row]
    assert kept and all(isinstance(value, int) for value in kept)


def test_a_register_of_older_forms_is_prepared_again(tmp_path):
    path = tmp_path / "register.sqlite3"
    first = Register(path)
    first.add([a_row(1, **LI), a_row(2, name="王国栋", phone="13800001111")])
    before = first.who(a_row("x", "hotel", **LI))
    first.close()
    db = sqlite3.connect(path)
    db.executescript("UPDATE entry SET form = ''; DELETE FROM entry_key; DELETE FROM term; PRAGMA user_version = 0")
    db.close()
    again = Register(path)
    assert again.who(a_row("x", "hotel", **LI)) == before and len(again) == 2
    again.close()


def test_who_is_surely_found_by_a_document_is_not_sought_under_every_key(register):
    asked, namesake = a_row("x", "hotel", **LI), a_row(2, name="李雅庭", phone="13800001111")
    register.add([a_row(1, **LI), namesake])
    assert [one.row.number for one in register.who(asked)] == ["1"]
    register.remove("border", "1")
    assert [one.row.number for one in register.who(asked)] == ["2"]


def test_of_many_the_rows_with_most_keys_in_common_are_weighed(register, monkeypatch):
    monkeypatch.setattr("hucheng.engines.linkage.register.MOST", 3)
    register.add(a_row(number, name="李雅婷", birth=1990 + number) for number in range(12))
    register.add([a_row(99, name="李雅婷", birth=1980, day=date(2020, 4, 6), flight="CA910")])
    found = register.who(a_row("x", "hotel", name="李雅婷", birth=1980, day=date(2020, 4, 6), flight="CA910"))
    assert found[0].row.number == "99" and len(found) <= 5


class Comings(RuleBasedStateMachine):
    """Rows come and go in any order; the register always answers as one made afresh from what is there."""

    rows = made_lists(43, 12)[0]

    @initialize()
    def empty(self):
        self.register, self.there = Register(":memory:"), {}

    @rule(number=st.integers(0, 20))
    def come(self, number):
        row = self.rows[number]
        if row not in self.there.values():
            self.register.add([row])
            self.there[number] = row

    @rule(number=st.integers(0, 20))
    def go(self, number):
        if number in self.there:
            gone = self.there.pop(number)
            self.register.remove(gone.source, gone.number)

    @invariant()
    def answers_as_a_fresh_one(self):
        if not hasattr(self, "register"):
            return
        fresh = Register(":memory:")
        fresh.add(self.there.values())
        asked = self.rows[21]
        assert len(self.register) == len(self.there)
        assert [(c.row, c.weight) for c in self.register.who(asked)] == [(c.row, c.weight) for c in fresh.who(asked)]
        fresh.close()


TestComings = Comings.TestCase
TestComings.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
