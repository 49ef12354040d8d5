"""Lists in, persons out."""

import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.linkage.link import ASK, JOIN, _chains, link
from hucheng.engines.linkage.scoring import score
from hucheng.engines.linkage.tests.people import a_row, made_lists

LISTS, TRUTH = made_lists(21, 300)
LINKED = link(LISTS)


def partition(persons):
    groups = {}
    for key, person in persons.items():
        groups.setdefault(person, set()).add(key)
    return {frozenset(group) for group in groups.values()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lists_of_another_process_link_as_well_as_the_open_ones(seed):
    rows, truth = made_lists(seed, 400)
    found = score(link(rows).persons, truth)
    assert found.precision >= 0.995 and found.f1 >= 0.975 and found.b_cubed >= 0.982


def test_fifty_rows_already_link_well():
    rows, truth = made_lists(9, 22)
    assert 40 <= len(rows) <= 60 and score(link(rows).persons, truth).f1 >= 0.95


def test_every_row_is_in_exactly_one_person_and_none_is_lost():
    keys = {(row.source, row.number) for row in LISTS}
    assert set(LINKED.persons) == set(LINKED.probabilities) == keys
    assert sum(map(len, partition(LINKED.persons))) == len(LISTS)


def test_a_person_is_named_by_the_first_of_its_rows():
    for group in partition(LINKED.persons):
        assert {LINKED.persons[key] for key in group} == {":".join(min(group))}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_rows_changes_nothing(seed):
    rows = list(LISTS)
    random.Random(seed).shuffle(rows)
    again = link(rows)
    assert again.persons == LINKED.persons and again.questions == LINKED.questions


def test_probabilities_are_some():
    assert all(0.0 <= chance <= 1.0 for chance in LINKED.probabilities.values())
    sure = [chance for chance in LINKED.probabilities.values() if chance > 0.99]
    assert len(sure) > 0.7 * len(LISTS)


def test_few_questions_are_asked_the_likeliest_first():
    weights = [question.weight for question in LINKED.questions]
    assert weights == sorted(weights, reverse=True) and all(weight >= ASK for weight in weights)
    assert len(weights) <= 25 * len(LISTS) / 1000
    asked = {frozenset((LINKED.persons[one.one], LINKED.persons[one.other])) for one in LINKED.questions}
    assert len(asked) == len(LINKED.questions) and all(len(two) == 2 for two in asked)


def test_a_row_given_twice_is_refused_by_name():
    with pytest.raises(ValueError, match="Row 7 of list hotel is given twice"):
        link([a_row(7, "hotel", name="李娜"), a_row(7, "hotel", name="李娜")])


def test_a_decision_about_a_row_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="not there"):
        link([a_row(1, name="李娜")], same=[(("border", "1"), ("hotel", "2"))])


class TestDecisions:
    ROWS = [
        a_row(1, "border", name="李雅婷", birth=date(1996, 5, 9), documents=("EA7654321",)),
        a_row(1, "hotel", name="李雅婷", birth=date(1996, 5, 9), documents=("EA7654321",)),
        a_row(1, "survey", name="王国栋", phone="13812345678"),
    ]
    BORDER, HOTEL, SURVEY = (("border", "1"), ("hotel", "1"), ("survey", "1"))

    def test_they_hold_against_all_weights(self):
        apart = link(self.ROWS, other=[(self.BORDER, self.HOTEL)]).persons
        joined = link(self.ROWS, same=[(self.HOTEL, self.SURVEY)]).persons
        assert apart[self.BORDER] != apart[self.HOTEL] and joined[self.HOTEL] == joined[self.SURVEY]

    def test_taken_back_they_leave_no_trace(self):
        before = link(self.ROWS)
        link(self.ROWS, same=[(self.BORDER, self.SURVEY)])
        assert link(self.ROWS) == before

    def test_what_was_decided_is_not_asked_again(self):
        close = [a_row(1, "border", name="李雅婷", birth=1996), a_row(1, "hotel", name="李雅婷", birth=1996)]
        linked = link(close)
        two = (self.BORDER, self.HOTEL)
        if linked.persons[self.BORDER] != linked.persons[self.HOTEL]:
            assert [(one.one, one.other) for one in linked.questions] == [two]
        assert link(close, other=[two]).questions == [] == link(close, same=[two]).questions


@pytest.mark.parametrize("rows", [[], [a_row(1, name="李娜")]])
def test_no_row_and_one_row_are_lists_too(rows):
    linked = link(rows)
    assert len(linked.persons) == len(rows) and linked.questions == []


def test_rows_that_say_nothing_are_counted_and_stay_alone():
    linked = link([a_row(number, sex="F", county="小店区") for number in range(200)])
    assert len(linked.unlinkable) == 200 == len(set(linked.persons.values())) and linked.questions == []


def test_a_crowd_of_one_name_and_one_new_years_birthday_is_neither_joined_nor_asked_about():
    crowd = [
        a_row(
            number,
            name="张伟",
            birth=date(1990, 1, 1),
            documents=(f"E{10**8 + 7919 * number:09}",),
            day=date(2020, 3, 20),
        )
        for number in range(400)
    ]
    linked = link(crowd)
    assert len(set(linked.persons.values())) == 400 and len(linked.questions) <= 400


def test_a_placeholder_instead_of_a_passport_chains_nobody():
    people, _truth = made_lists(31, 60)
    border = [row for row in people if row.source == "border"]
    written = ["NA", "无", "0", "E00000000", "不详"]
    masked = [
        a_row(row.number, surname=row.surname, given=row.given, documents=(written[place % 5],), birth=row.birth.day)
        for place, row in enumerate(border)
    ]
    assert len(set(link(masked).persons.values())) >= len(border) - 1


def test_two_seats_of_one_flight_are_two_people_whatever_agrees():
    trip = {"flight": "CA910", "day": date(2020, 4, 6), "name": "LI/YATING", "documents": ("EA7654321",)}
    persons = link([a_row(1, "airline", seat="12A", **trip), a_row(2, "airline", seat="12B", **trip)]).persons
    assert len(set(persons.values())) == 2


def test_a_list_that_comes_later_changes_little():
    early = link([row for row in LISTS if row.source != "survey"]).persons
    both = {key: person for key, person in LINKED.persons.items() if key in early}
    assert score(early, both).b_cubed > 0.995


def test_a_run_leaves_the_collector_of_cycles_as_it_was():
    import gc

    link(LISTS[:20])
    assert gc.isenabled()
    with pytest.raises(ValueError):
        link([LISTS[0], LISTS[0]])
    assert gc.isenabled()


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted), max_size=12))
def test_chains_lead_to_the_first_of_their_rows(pairs):
    first = list(range(10))
    for one, other in pairs * 10:
        first[one] = first[other] = min(first[one], first[other])
    low, high = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    assert _chains(10, low, high).tolist() == first


def test_join_is_the_even_chance():
    assert JOIN == 0.0 > ASK
