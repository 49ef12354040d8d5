"""Care under attack: empty words, second answers, other houses, people who have left."""

import pytest
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Custody
from hucheng.quarantine.care.actions import ask_care, flag_emergency, settle_care
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.testing import main_of, people_inside, posted, signed_in, with_negative_tests

pytestmark = pytest.mark.django_db
Kind = CareRequest.Kind


@pytest.fixture
def stay():
    return people_inside(1)[0]


def nurse(unit="H01", place=COUNTY):
    return an_actor(Role.HOUSE, place, unit)


def asked(stay, text="insulin"):
    return ask_care(actor=nurse(), arrival_id=stay.arrival_id, kind=Kind.MEDICAL, text=text, at=after(300))


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u3000"])
def test_an_empty_request_is_refused(stay, text):
    with pytest.raises(Refusal) as no:
        asked(stay, text)
    assert no.value.code == "nothing_asked" and not CareRequest.objects.exists()


def test_a_request_is_settled_once_with_words(stay):
    one = asked(stay)
    for answer in ("", "   "):
        with pytest.raises(Refusal) as no:
            settle_care(actor=nurse(), request_id=one.pk, answer=answer, at=after(310))
        assert no.value.code == "not_settled"
    settle_care(actor=nurse(), request_id=one.pk, answer="given", at=after(320))
    with pytest.raises(Refusal) as no:
        settle_care(actor=nurse(), request_id=one.pk, answer="other", at=after(330))
    one.refresh_from_db()
    assert no.value.code == "not_settled" and (one.answer, one.settled_at) == ("given", after(320))


def test_another_house_neither_asks_nor_settles_nor_sees(stay):
    one = asked(stay)
    for stranger in (nurse("H02"), nurse(place=OTHER_COUNTY), an_actor(Role.QUARANTINE, OTHER_COUNTY)):
        for act in (
            lambda s=stranger: ask_care(actor=s, arrival_id=stay.arrival_id, kind=Kind.FOOD, text="x", at=after(310)),
            lambda s=stranger: flag_emergency(actor=s, arrival_id=stay.arrival_id, at=after(310)),
            lambda s=stranger: settle_care(actor=s, request_id=one.pk, answer="x", at=after(310)),
        ):
            with pytest.raises(Http404):
                act()
    assert CareRequest.objects.get().settled_at is None


@pytest.fixture
def released(stay):
    with_negative_tests([stay], day=13.2)
    keeper = an_actor(Role.QUARANTINE)
    args = {"to": Destination.ELSEWHERE, "receiver": "OTHER-PROV", "at": after(60, days=14)}
    release(actor=keeper, stay_id=stay.pk, **args)
    stay.refresh_from_db()
    return stay


def test_an_emergency_of_somebody_who_has_left_stands_and_moves_nobody_back(released):
    """R-25: nothing is checked before the call. It was refused, and the page broke."""
    before = Custody.objects.count()
    call = flag_emergency(actor=an_actor(Role.MEDICAL), arrival_id=released.arrival_id, at=after(0, days=15))
    assert call.kind == Kind.EMERGENCY and call.due_at == call.asked_at
    released.arrival.refresh_from_db()
    assert released.arrival.whereabouts == "released" and Custody.objects.count() == before


def test_the_button_answers_for_somebody_who_has_left_too(client, released):
    client.force_login(User.objects.get(pk=an_actor(Role.MEDICAL).user_id))
    with frozen_at(after(0, days=15)):
        answer = client.post(reverse("quarantine:ask", args=[released.arrival_id]), {"kind": "emergency"})
    assert answer.status_code == 302 and CareRequest.objects.get().kind == Kind.EMERGENCY


def test_the_audit_line_holds_no_word_of_the_request(stay):
    asked(stay, "insulin for diabetes")
    line = AuditLine.objects.get(act="quarantine.care.ask_care")
    assert "insulin" not in str(line.detail) and line.detail["arrival_id"] == str(stay.arrival_id)


def test_the_list_of_care_asks_no_more_of_the_database_as_it_grows(client, stay, django_assert_max_num_queries):
    client.force_login(User.objects.get(pk=nurse().user_id))
    for turn in range(3):
        for _n in range(4):
            asked(stay)
        with django_assert_max_num_queries(8), frozen_at(after(300 + turn)):
            page = client.get(reverse("quarantine:care"))
        assert page.context["owed"] == 4 * (turn + 1)


@pytest.mark.parametrize(("form", "wrong"), [({"kind": "food"}, "text"), ({"text": "halal"}, "kind")], ids=str)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_request_to_correct_keeps_its_words_and_goes_to_the_same_person(client, stay, form, wrong, language):
    page = posted(
        signed_in(client, Role.HOUSE, COUNTY, "H01", language=language), "ask", stay.arrival_id, at=after(300), **form
    )
    assert page.status_code == 422 and not CareRequest.objects.exists()
    said = main_of(page)
    assert 'role="alert"' in said and f'id="id_{wrong}_error"' in said
    assert reverse("quarantine:ask", args=[stay.arrival_id]) in said
    assert form.get("text", "") in said and (" checked" in said) == ("kind" in form)
