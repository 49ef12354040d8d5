"""Who answers for a receiver: its own people; in its place the office, which says why."""

import pytest
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, a_city, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.handover.actions import answer_handover, send_handover
from hucheng.entry.handover.models import Handover
from hucheng.entry.handover.queries import standing_of
from hucheng.entry.testing import a_landed_flight, arrivals_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    a_city()
    return arrivals_of(a_landed_flight(2))


def send(people, receiver="C-XD-LG"):
    said = {"sender": "TY-MOAT", "receiver": receiver, "what": "list", "arrival_ids": [p.pk for p in people]}
    return send_handover(actor=an_actor(Role.ENTRY), at=after(60), **said)


def accept(handover, actor, **said):
    return answer_handover(actor=actor, handover_id=handover.pk, accept=True, at=after(70), **said)


def refusal(handover, actor, **said):
    with pytest.raises(Refusal) as no:
        accept(handover, actor, **said)
    assert str(no.value.why) and str(no.value.do)
    return no.value.code


@pytest.mark.parametrize(
    ("receiver", "role", "place", "unit", "answers"),
    [
        ("C-XD-LG", Role.COUNTY, COUNTY, "", True),
        ("C-XD-LG", Role.COUNTY, CITY, "", False),
        ("C-XD-LG", Role.ENTRY, CITY, "", False),
        ("C-XD-LG", Role.MEDICAL, CITY, "", False),
        ("C-XD-LG", Role.QUARANTINE, CITY, "", False),
        ("HOSP-A", Role.MEDICAL, CITY, "", True),
        ("HOSP-A", Role.ENTRY, CITY, "", False),
        ("TF-MED", Role.MEDICAL, CITY, "", True),
        ("TF-MED", Role.QUARANTINE, CITY, "", False),
        ("TF-HOTEL", Role.QUARANTINE, CITY, "", True),
        ("H01", Role.HOUSE, COUNTY, "H01", True),
        ("H01", Role.HOUSE, COUNTY, "H08", False),
        ("H01", Role.COUNTY, COUNTY, "", False),
        ("BJ-RECV", Role.RECEIVER, "110000", "", True),
    ],
)
def test_only_those_of_the_receiver_answer_for_it(people, receiver, role, place, unit, answers):
    handover, actor = send(people, receiver), an_actor(role, place, unit)
    assert standing_of(actor, handover) == ("receiver" if answers else "")
    if answers:
        assert accept(handover, actor, on_behalf="not needed").on_behalf == ""
    else:
        assert refusal(handover, actor) == "not_the_receiver"
    assert set(Arrival.objects.values_list("holder", flat=True)) == {receiver if answers else "TY-MOAT"}


def test_the_office_answers_in_the_receiver_s_place_with_a_reason_that_is_kept(people):
    handover, office = send(people), an_actor(Role.COMMAND_OFFICE)
    assert standing_of(office, handover) == "office"
    assert refusal(handover, office, on_behalf=" ") == "on_behalf_missing"
    done = accept(handover, office, on_behalf=" their line is dead ")
    done.refresh_from_db()
    assert (done.on_behalf, done.answered_by_id) == ("their line is dead", office.user_id)
    assert standing_of(office, done) == ""


def test_a_receiver_out_of_the_office_s_sight_is_not_found(people):
    handover = send(people, "BJ-RECV")
    assert standing_of(an_actor(Role.COMMAND_OFFICE), handover) == ""
    with pytest.raises(Http404):
        accept(handover, an_actor(Role.COMMAND_OFFICE), on_behalf="x")


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "Why you answer for the receiver"), ("zh-hans", "代接收方答复的原因")]
)
def test_the_page_asks_the_office_why_and_shows_it_after(people, client, language, asked):
    handover = send(people)
    client.cookies["django_language"] = language
    for role, told in ((Role.ENTRY, False), (Role.COMMAND_OFFICE, True)):
        client.force_login(User.objects.get(pk=an_actor(role).user_id))
        with frozen_at(after(80)):
            text = client.get(reverse("entry:handover", args=[handover.pk])).content.decode()
        assert (asked in text, 'name="answer"' in text) == (told, told)
    with frozen_at(after(80)):
        form = {"answer": "accept", "on_behalf": "line is dead"}
        assert client.post(reverse("entry:answer", args=[handover.pk]), form).status_code == 302
        assert "line is dead" in client.get(reverse("entry:handover", args=[handover.pk])).content.decode()
    assert Handover.objects.get().answer == Handover.Answer.ACCEPTED
