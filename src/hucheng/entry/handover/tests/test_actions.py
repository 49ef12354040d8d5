"""Nobody falls between two hands."""

import pytest
from django.http import Http404

from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.models import Arrival, Custody, Whereabouts
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.testing import a_landed_flight, arrivals_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    a_city()
    return arrivals_of(a_landed_flight(3))


def send(people, receiver="C-XD-LG", **kwargs):
    args = {"actor": an_actor(Role.ENTRY), "sender": "TY-MOAT", "what": "to the county", "at": after(60)} | kwargs
    return send_handover(receiver=receiver, arrival_ids=[p.pk for p in people], **args)


def holders() -> set[str]:
    return set(Arrival.objects.values_list("holder", flat=True))


def test_people_stay_on_the_senders_count_until_accepted(people):
    handover = send(people)
    assert holders() == {"TY-MOAT"}
    answer_handover(actor=an_actor(Role.COUNTY, COUNTY), handover_id=handover.pk, accept=True, at=after(70))
    assert holders() == {"C-XD-LG"}
    assert Custody.objects.filter(at=after(70), holder="C-XD-LG").count() == 3


def test_refused_people_stay_with_the_sender(people):
    handover = send(people)
    county = an_actor(Role.COUNTY, COUNTY)
    answer_handover(actor=county, handover_id=handover.pk, accept=False, why="not ours", at=after(70))
    assert holders() == {"TY-MOAT"}


def test_a_refusal_needs_a_reason(people):
    handover = send(people)
    with pytest.raises(Refusal) as no:
        answer_handover(actor=an_actor(Role.COUNTY, COUNTY), handover_id=handover.pk, accept=False, at=after(70))
    assert no.value.code == "reason_missing"


def test_another_county_cannot_answer(people):
    handover = send(people)
    with pytest.raises(Http404):
        answer_handover(actor=an_actor(Role.COUNTY, OTHER_COUNTY), handover_id=handover.pk, accept=True, at=after(70))


def test_an_answer_is_given_once(people):
    handover = send(people)
    county = an_actor(Role.COUNTY, COUNTY)
    answer_handover(actor=county, handover_id=handover.pk, accept=True, at=after(70))
    with pytest.raises(Refusal):
        answer_handover(actor=county, handover_id=handover.pk, accept=False, why="late", at=after(71))


def test_nobody_is_in_two_open_handovers(people):
    send(people)
    with pytest.raises(Refusal) as no:
        send(people[:1], receiver="C-LF-LG")
    assert no.value.code == "in_another_handover"


@pytest.mark.parametrize("changes", [{"receiver": "NOBODY"}, {"people": []}])
def test_an_empty_list_or_unknown_receiver_is_refused(people, changes):
    with pytest.raises(Refusal):
        send(**({"people": people} | changes))


def test_a_hospital_takes_people_in(people):
    handover = send(people[:1], receiver="HOSP-A")
    answer_handover(
        actor=an_actor(Role.MEDICAL),
        handover_id=handover.pk,
        accept=True,
        whereabouts=Whereabouts.HOSPITAL,
        at=after(9),
    )
    people[0].refresh_from_db()
    assert people[0].whereabouts == Whereabouts.HOSPITAL
