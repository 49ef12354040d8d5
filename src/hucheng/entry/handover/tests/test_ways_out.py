"""A handover is no way out of the line, and brings nobody back into it."""

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.actions import let_out, move
from hucheng.entry.flights.models import Arrival, Custody, Whereabouts
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.handover.models import Handover, HandoverLine
from hucheng.entry.testing import a_landed_flight, arrivals_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    a_city()
    return arrivals_of(a_landed_flight(3))


@pytest.fixture
def county():
    return an_actor(Role.COUNTY, COUNTY)


def send(people, receiver="C-XD-LG", at=60, **kwargs):
    args = {"actor": an_actor(Role.ENTRY), "sender": "TY-MOAT", "what": "to the county", "at": after(at)} | kwargs
    return send_handover(receiver=receiver, arrival_ids=[p.pk for p in people], **args)


def released(person):
    """A person who went into a house and was let out of it again."""
    desk = an_actor(Role.ENTRY)
    move(actor=desk, arrival_ids=[person.pk], whereabouts=Whereabouts.HOUSE, holder="H01", at=after(20))
    let_out(actor=desk, arrival_id=person.pk, holder="C-XD-LG", at=after(30))


@pytest.mark.parametrize("way", [Whereabouts.DEPARTED, Whereabouts.RELEASED, Whereabouts.SENT_BACK])
def test_accepting_is_no_third_way_out(people, county, way):
    """A house could let people go by accepting them as released."""
    handover = send(people)
    with pytest.raises(Refusal) as no:
        answer_handover(actor=county, handover_id=handover.pk, accept=True, whereabouts=way, at=after(70))
    assert no.value.code == "no_third_way_out"
    assert set(Arrival.objects.values_list("whereabouts", flat=True)) == {Whereabouts.PORT}
    handover.refresh_from_db()
    assert handover.answer == Handover.Answer.OPEN


def test_whoever_left_before_is_offered_to_the_receiver_there_and_stays_where_they_are(people, county):
    released(people[0])
    handover = send(people[:1])
    house = Whereabouts.HOUSE
    with pytest.raises(Refusal) as no:
        answer_handover(actor=county, handover_id=handover.pk, accept=True, whereabouts=house, at=after(70))
    assert no.value.code == "has_left"
    answer_handover(actor=county, handover_id=handover.pk, accept=True, at=after(71))
    people[0].refresh_from_db()
    assert (people[0].whereabouts, people[0].holder) == (Whereabouts.RELEASED, "C-XD-LG")


@pytest.mark.parametrize("place", [Whereabouts.HOUSE, None])
def test_whoever_left_meanwhile_is_not_taken_over(people, county, place):
    handover = send(people, at=10)
    released(people[0])
    with pytest.raises(Refusal) as no:
        answer_handover(actor=county, handover_id=handover.pk, accept=True, whereabouts=place, at=after(70))
    assert no.value.code == "has_left"
    people[0].refresh_from_db()
    assert people[0].whereabouts == Whereabouts.RELEASED
    answer_handover(actor=county, handover_id=handover.pk, accept=False, why="one has left", at=after(71))
    assert send(people[1:], at=72).lines.count() == 2


@pytest.mark.parametrize("changes", [{"receiver": "NOBODY"}, {"people": []}])
def test_a_handover_without_receiver_or_people_is_refused_with_its_code(people, changes):
    with pytest.raises(Refusal) as no:
        send(**({"people": people} | changes))
    assert no.value.code == "no_receiver" and not Handover.objects.exists()


def test_a_second_answer_changes_nothing(people, county):
    handover = send(people)
    answer_handover(actor=county, handover_id=handover.pk, accept=False, why="full", at=after(70))
    with pytest.raises(Refusal) as no:
        answer_handover(actor=county, handover_id=handover.pk, accept=True, at=after(71))
    assert no.value.code == "already_answered"
    handover.refresh_from_db()
    assert (handover.answer, handover.answered_at) == (Handover.Answer.REFUSED, after(70))
    assert set(Arrival.objects.values_list("holder", flat=True)) == {"TY-MOAT"}


@pytest.mark.parametrize("why", ["", "   ", "\n"])
def test_blanks_are_no_reason(people, county, why):
    handover = send(people)
    with pytest.raises(Refusal) as no:
        answer_handover(actor=county, handover_id=handover.pk, accept=False, why=why, at=after(70))
    assert no.value.code == "reason_missing"


def test_a_person_out_of_sight_makes_the_list_unknown(people):
    with pytest.raises(Http404):
        send(people, actor=an_actor(Role.COUNTY, OTHER_COUNTY))
    assert not HandoverLine.objects.exists()


def test_a_person_stands_once_in_a_handover(people):
    handover = send(people + people)
    assert handover.lines.count() == 3
    with pytest.raises(IntegrityError), transaction.atomic():
        HandoverLine.objects.create(handover=handover, arrival=people[0])


def test_after_acceptance_the_line_of_hands_has_no_gap(people, county):
    handover = send(people)
    answer_handover(actor=county, handover_id=handover.pk, accept=True, at=after(70))
    for person in Arrival.objects.all():
        last = Custody.objects.filter(arrival=person).latest()
        assert (last.holder, last.whereabouts, last.at) == (person.holder, person.whereabouts, person.held_since)
    acts = AuditLine.objects.filter(act__startswith="entry.handover").values_list("act", flat=True)
    assert sorted(acts) == ["entry.handover.answer_handover", "entry.handover.send_handover"]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "交接"), ("en", "andover")])
def test_the_list_speaks_the_language_and_asks_no_more_as_it_grows(
    client, people, language, words, django_assert_max_num_queries
):
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, COUNTY).user_id))
    client.cookies["django_language"] = language
    for minute, person in enumerate(people):
        send([person], at=60 + minute)
        with django_assert_max_num_queries(9), frozen_at(after(90)):
            page = client.get(reverse("entry:handovers"))
        assert page.context["waiting"] == minute + 1 and words in page.content.decode()


def test_a_county_that_neither_sends_nor_receives_finds_no_handover(client, people):
    handover = send(people)
    client.force_login(User.objects.get(pk=an_actor(Role.COUNTY, OTHER_COUNTY).user_id))
    with frozen_at(after(90)):
        assert client.get(reverse("entry:handovers")).context["table"].rows == []
        for name in ("entry:handover", "entry:workbook"):
            assert client.get(reverse(name, args=[handover.pk])).status_code == 404
        assert client.post(reverse("entry:answer", args=[handover.pk]), {"answer": "accept"}).status_code == 404
    handover.refresh_from_db()
    assert handover.answer == Handover.Answer.OPEN
