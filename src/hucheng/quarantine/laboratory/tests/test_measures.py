"""What the board reads of the laboratory, at the edges of its limits."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import OTHER_COUNTY, after, an_actor
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.laboratory.actions import receive_results, set_aside, tell_positive
from hucheng.quarantine.laboratory.measures import on_time, positive_called_2h, result_in_24h, unmatched_over_4h
from hucheng.quarantine.laboratory.models import ResultRow, Sample
from hucheng.quarantine.laboratory.queries import due_samples
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.testing import a_flight_to_house, people_inside, results_file, tubes_of, with_negative_tests

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return an_actor(Role.LEADING_GROUP)


@pytest.fixture
def people():
    return [person.pk for person in arrivals_of(a_flight_to_house(4))]


def receive(*rows, at):
    return receive_results(actor=an_actor(Role.LABORATORY), name="x.csv", data=results_file(*rows), at=at)


def test_nothing_due_is_blind_not_met(leader):
    now = after(0)
    assert on_time(leader, now).value is None and result_in_24h(leader, now).value is None
    assert positive_called_2h(leader, now).value is None and unmatched_over_4h(leader, now).value == 0


def test_first_samples_are_due_within_a_day_of_landing(leader, people):
    tubes_of(people[:2], at=after(90))
    assert on_time(leader, after(100)).value == 100
    assert on_time(leader, after(-1, days=1)).value == 100
    assert on_time(leader, after(days=1)).value == 50
    tubes_of(people[2:3], at=after(1, days=1), prefix="L")
    assert on_time(leader, after(2, days=1)).value == 50
    assert on_time(an_actor(Role.LEADING_GROUP, OTHER_COUNTY), after(days=1)).value is None


def test_a_missed_round_stays_an_open_item_of_the_person(leader):
    """INQ-29: 23 people left the ship untested because they were out of the cabin."""
    stays = people_inside(2)
    keeper = an_actor(Role.QUARANTINE)
    tubes_of([stay.arrival_id for stay in stays], at=after(200))
    assert not due_samples(keeper, after(days=6))
    tubes_of([stays[0].arrival_id], at=after(60, days=7), prefix="D7")
    (owed,) = due_samples(keeper, after(120, days=9))
    assert owed.arrival.pk == stays[1].arrival_id and owed.round == 7 and owed.late
    assert on_time(leader, after(120, days=7)).value == 100
    assert on_time(leader, after(120, days=9)).value == 75
    assert {one.round for one in due_samples(keeper, after(60, days=13))} == {13}


def test_nobody_leaves_while_a_sample_is_owed_or_awaited(leader):
    """INQ-29: the release list shows zero open items before anybody goes."""
    from hucheng.core.refusal import Refusal
    from hucheng.core.terms import Destination

    (stay,) = people_inside(1)
    keeper, day_14 = an_actor(Role.QUARANTINE), after(60, days=14)
    with_negative_tests([stay], day=13.2)
    tubes_of([stay.arrival_id], at=after(30, days=13), prefix="D13")
    act = {"actor": keeper, "stay_id": stay.pk, "to": Destination.ELSEWHERE, "receiver": "OTHER-PROV"}
    with pytest.raises(Refusal) as no:
        release(**act, at=day_14)
    assert no.value.code == "conditions_open"
    receive(("D130001", "阴性", ""), at=day_14)
    assert release(**act, at=day_14).arrival_id == stay.arrival_id


def test_a_result_may_wait_four_hours_for_its_person(leader, people):
    receive(("T9999", "阴性", ""), at=after(500))
    assert unmatched_over_4h(leader, after(500 + 239)).value == 0
    assert unmatched_over_4h(leader, after(500 + 240)).value == 1
    row = ResultRow.objects.get()
    set_aside(actor=an_actor(Role.LABORATORY), row_id=row.pk, why="of another city", at=after(800))
    assert unmatched_over_4h(leader, after(799)).value == 1
    assert unmatched_over_4h(leader, after(800)).value == 0


@pytest.mark.parametrize(("told", "value"), [(620, 100), (621, 0)])
def test_a_positive_is_told_within_two_hours(leader, people, told, value):
    tubes_of(people, at=after(90))
    receive(("T0001", "阳性", ""), at=after(500))
    assert positive_called_2h(leader, after(619)).value is None
    assert positive_called_2h(leader, after(620)).value == 0
    sample = Sample.objects.get(barcode="T0001")
    tell_positive(actor=an_actor(Role.MEDICAL), sample_id=sample.pk, at=after(told))
    assert positive_called_2h(leader, after(700)).value == value


def test_results_are_due_within_a_day_of_the_sample(leader, people):
    tubes_of(people, at=after(90))
    receive(("T0001", "阴性", ""), at=after(90, days=1))
    receive(("T0002", "阴性", ""), at=after(91, days=1))
    assert result_in_24h(leader, after(89, days=1)).value is None
    assert result_in_24h(leader, after(95, days=1)).value == 25
