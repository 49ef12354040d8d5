"""Who depends on whom, who belongs together, which room suits whom."""

import pytest
from hypothesis import given

from hucheng.engines.planning.guests import Placement, RoomPlan, companies
from hucheng.engines.planning.tests.cases import USES, a_guest, a_room, guest_lists


def names(found):
    return [[guest.id for guest in company] for company in found]


@pytest.mark.parametrize(
    ("age", "needs", "dependent", "adult"),
    [
        (17, [], True, False),
        (18, [], False, True),
        (0, [], True, False),
        (84, ["carer"], True, False),
        (None, [], False, False),
        (None, ["carer"], True, False),
        (40, ["wheelchair"], False, True),
    ],
)
def test_who_depends_and_who_may_look_after(age, needs, dependent, adult):
    guest = a_guest("g", age=age, needs=needs)
    assert (guest.dependent, guest.adult) == (dependent, adult)


@given(guest_lists())
def test_nobody_both_depends_and_looks_after(guests):
    assert not any(guest.dependent and guest.adult for guest in guests)


@given(guest_lists())
def test_companies_divide_the_guests(guests):
    found = companies(guests)
    assert sorted(guest.id for company in found for guest in company) == sorted(guest.id for guest in guests)


@given(guest_lists())
def test_a_party_and_its_named_carers_are_one_company(guests):
    company_of = {guest.id: n for n, company in enumerate(companies(guests)) for guest in company}
    for one in guests:
        for other in guests:
            if (one.party and one.party == other.party) or other.id in one.guardian_of:
                assert company_of[one.id] == company_of[other.id]


def test_no_party_is_nobodys_company():
    assert names(companies([a_guest("a"), a_guest("b")])) == [["a"], ["b"]]


def test_a_carer_joins_two_parties():
    guests = [a_guest("a", "p", guardian_of=["c"]), a_guest("b", "p"), a_guest("c", "q", 6), a_guest("d")]
    assert names(companies(guests)) == [["a", "b", "c"], ["d"]]


def test_a_ward_who_is_not_on_the_list_ties_nobody():
    assert names(companies([a_guest("a", guardian_of=["elsewhere"])])) == [["a"]]


@pytest.mark.parametrize(
    ("needs", "accessible", "halal", "suits"),
    [
        ([], False, False, True),
        (["wheelchair"], False, False, False),
        (["wheelchair"], True, False, True),
        (["halal"], True, False, False),
        (["halal"], False, True, True),
        (["wheelchair", "halal"], True, True, True),
        (["quiet", "carer"], False, False, True),
    ],
)
def test_which_room_suits(needs, accessible, halal, suits):
    assert a_room("1", accessible=accessible, halal=halal).suits(a_guest("g", needs=needs)) is suits


def test_a_use_is_class_and_cohort():
    assert a_guest("g", use=USES[2]).use == USES[2] == ("general", "CA910-0406")


def test_a_plan_gives_rooms_by_guest():
    assert RoomPlan((Placement("a", "1"), Placement("b", "1")), (), 1, 1, 1).room_of() == {"a": "1", "b": "1"}
