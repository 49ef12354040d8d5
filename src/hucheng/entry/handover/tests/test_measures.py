"""The count of people between two hands, and how quick receivers answer."""

import pytest

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.models import IN_HAND, Arrival, Custody, Whereabouts
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.handover.measures import answered_in_half_an_hour, unaccounted
from hucheng.entry.testing import a_flight, a_landed_flight, arrivals_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    a_city()
    return arrivals_of(a_landed_flight(3))


def lost(at=None, place=None) -> float | None:
    return unaccounted(an_actor(Role.COMMAND_OFFICE, place or "140100"), at or after(60)).value


def test_everybody_who_has_landed_is_in_somebodys_hands(people):
    assert lost() == 0


def test_a_holder_without_a_line_of_custody_counts(people):
    Arrival.objects.filter(pk=people[0].pk).update(holder="TF-HOTEL")
    assert lost() == 1


def test_a_place_without_a_line_of_custody_counts(people):
    Arrival.objects.filter(pk__in=[people[0].pk, people[1].pk]).update(whereabouts=Whereabouts.TRANSFER)
    assert lost() == 2


def test_an_older_line_of_the_same_holder_is_no_excuse(people):
    Arrival.objects.filter(pk=people[0].pk).update(held_since=after(30))
    assert lost() == 1
    Custody.objects.create(arrival=people[0], at=after(30), holder=people[0].holder, whereabouts=people[0].whereabouts)
    assert lost() == 0


@pytest.mark.parametrize("where", [Whereabouts.RELEASED, Whereabouts.DEPARTED, Whereabouts.SENT_BACK])
def test_whoever_has_left_is_in_no_hand_here(where):
    assert where not in IN_HAND and len(IN_HAND) + 3 == len(Whereabouts)


def test_people_still_aboard_a_flight_in_the_air_do_not_count():
    a_city()
    a_flight()
    assert lost() == 0


def test_another_county_counts_nobody_of_the_port(people):
    Arrival.objects.filter(pk=people[0].pk).update(holder="TF-HOTEL")
    assert lost(place=OTHER_COUNTY) == 0


def test_the_count_needs_one_query_however_many_landed(people, django_assert_num_queries):
    actor = an_actor(Role.COMMAND_OFFICE)
    with django_assert_num_queries(1):
        unaccounted(actor, after(60))


def test_answers_count_up_to_the_thirtieth_minute(people):
    def send(person, at):
        return send_handover(
            actor=an_actor(Role.ENTRY),
            sender="TY-MOAT",
            receiver="C-XD-LG",
            what="county",
            arrival_ids=[person.pk],
            at=at,
        )

    county = an_actor(Role.COUNTY, COUNTY)
    for person, minutes in zip(people, (30, 31, 5), strict=True):
        sent = send(person, after(60))
        answer_handover(actor=county, handover_id=sent.pk, accept=True, at=after(60 + minutes))
    office = an_actor(Role.COMMAND_OFFICE)
    assert answered_in_half_an_hour(office, after(89)).value is None
    assert answered_in_half_an_hour(office, after(120)).value == pytest.approx(200 / 3)
