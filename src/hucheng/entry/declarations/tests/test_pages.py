"""The declaration on the phone and at the desk: what it shows, what it keeps, what it refuses, in both languages."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from hucheng.core.accounts.models import User
from hucheng.core.audit.actions import trace_reads
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Destination, Outcome, Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.entry.clearance.actions import clear
from hucheng.entry.clearance.models import Pass
from hucheng.entry.declarations.forms import NEEDS, DeclareForm
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.testing import a_landed_flight, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight

pytestmark = pytest.mark.django_db
WELL = {f"symptom_{code}": "no" for code in SYMPTOMS} | {"contact_14d": "no", "destination": "capital"}


@pytest.fixture(params=["zh-hans", "en"])
def phone(client, request):
    client.cookies["django_language"] = request.param
    client.language = request.param
    with frozen_at(after(100)):
        yield client


@pytest.fixture
def flight():
    the_rules()
    return a_landed_flight(2)


def judged(flight):
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return arrivals_of(flight)


def own(arrival):
    return reverse("entry:own_page", args=[arrival.access])


def sign_in(client, role, place="140100", unit=""):
    client.force_login(User.objects.get(pk=an_actor(role, place, unit).user_id))
    return client


def test_the_own_page_asks_each_symptom_by_its_name_and_takes_no_answer_for_granted(phone, flight):
    text = phone.get(own(arrivals_of(flight)[0])).content.decode()
    with translation.override(phone.language):
        assert all(str(label) in text for label in SYMPTOMS.values())
    radios = re.findall(r'<input[^>]*type="radio"[^>]*>', text)
    assert len(radios) == 2 * (len(SYMPTOMS) + 1)
    assert not [one for one in radios if "checked" in one]


def test_a_declaration_made_on_the_phone_is_kept_as_said_and_in_its_language(phone, flight):
    person = arrivals_of(flight)[0]
    said = WELL | {
        "symptom_cough": "yes",
        "contact_14d": "yes",
        "countries_14d": "CAN, USA",
        "needs": ["diet", "infant"],
    }
    assert phone.post(own(person), said).status_code == 302
    kept = Declaration.objects.get()
    assert (kept.means, kept.language, kept.at) == ("own", phone.language, after(100))
    assert (kept.symptom_codes, kept.had_contact, kept.countries_14d) == (["cough"], True, ["CAN", "USA"])
    person.refresh_from_db()
    assert (person.destination, sorted(person.needs)) == (Destination.CAPITAL, ["diet", "infant"])


@pytest.mark.parametrize("left_out", ["symptom_fever", "contact_14d", "destination"])
def test_what_was_not_answered_is_asked_again_and_what_was_stays(phone, flight, left_out):
    person = arrivals_of(flight)[0]
    said = {key: value for key, value in WELL.items() if key != left_out} | {"countries_14d": "JPN, KOR"}
    answer = phone.post(own(person), said)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {left_out}
    text = answer.content.decode()
    assert 'value="JPN, KOR"' in text
    checked = [one for one in re.findall(r'<input[^>]*type="radio"[^>]*>', text) if "checked" in one]
    assert len(checked) == len(SYMPTOMS) + 1 - (left_out != "destination")
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("destination", "moon"), ("symptom_cough", "maybe"), ("needs", "helicopter"), ("countries_14d", "X" * 201)],
)
def test_an_answer_that_the_form_does_not_offer_is_refused(phone, flight, field, value):
    answer = phone.post(own(arrivals_of(flight)[0]), WELL | {field: value})
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {field}
    assert not Declaration.objects.exists()


def test_after_declaring_the_page_says_when_and_offers_to_correct(phone, flight):
    person = arrivals_of(flight)[0]
    phone.post(own(person), WELL)
    page = phone.get(own(person))
    assert page.context["declaration"].at == after(100)
    phone.post(own(person), WELL | {"symptom_fever": "yes"})
    assert Declaration.objects.filter(arrival=person).count() == 2


def test_whoever_may_travel_on_has_the_pass_on_the_own_page_until_something_is_declared(phone, flight):
    person, _other = judged(flight)
    assert "<svg" not in str(phone.get(own(person)).context["pass_code"])
    clear(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=[person.pk], at=after(70))
    page = phone.get(own(person))
    assert page.context["pass"] == Pass.objects.get() and "<svg" in str(page.context["pass_code"])
    phone.post(own(person), WELL | {"symptom_fever": "yes"})
    page = phone.get(own(person))
    assert page.context["pass"] is None and page.context["arrival"].outcome == Outcome.HOSPITAL


def test_the_own_page_gives_the_reason_in_the_travellers_language_and_who_looked(phone, flight):
    person, _other = judged(flight)
    text = phone.get(own(person)).content.decode()
    last = person.last_triage
    assert (last.reason_zh if phone.language == "zh-hans" else last.reason_en) in text
    reader = an_actor(Role.MEDICAL)
    trace_reads(actor=reader, person_ids=[person.person_id], purpose="ward round", at=after(95))
    page = phone.get(own(person))
    assert [look.purpose for look in page.context["looks"]] == ["ward round"]
    assert reader.name not in page.content.decode()


def test_a_key_opens_one_page_and_an_identifier_none(phone, flight):
    first, second = arrivals_of(flight)
    page = phone.get(own(first)).content.decode()
    assert first.person.full_name in page and second.person.full_name not in page
    for key in (first.pk, uuid4()):
        assert phone.get(reverse("entry:own_page", args=[key])).status_code == 404


def test_a_traveller_who_signs_in_is_led_to_the_own_page(phone, flight):
    first, second = arrivals_of(flight)
    sign_in(phone, Role.TRAVELLER, unit=str(first.pk))
    answer = phone.get(reverse("entry:my_page"))
    assert answer.status_code == 302 and answer.url == own(first)
    for page in (reverse("entry:paper", args=[second.pk]), reverse("entry:arrival", args=[second.pk])):
        assert phone.get(page).status_code == 404


def test_paper_is_entered_by_the_desk_with_a_code_for_the_phone(phone, flight):
    person = arrivals_of(flight)[0]
    address = reverse("entry:paper", args=[person.pk])
    sign_in(phone, Role.MEDICAL)
    page = phone.get(address)
    assert page.context["link"].endswith(own(person)) and "<svg" in str(page.context["link_code"])
    assert phone.post(address, WELL).status_code == 302
    assert Declaration.objects.get().means == Declaration.Means.PAPER


@pytest.mark.parametrize("role", [Role.LABORATORY, Role.QUARANTINE, Role.COMMAND_OFFICE, Role.LEADING_GROUP])
def test_paper_is_not_entered_by_anybody_else(client, flight, role):
    address = reverse("entry:paper", args=[arrivals_of(flight)[0].pk])
    sign_in(client, role)
    assert client.get(address).status_code == 404 and client.post(address, WELL).status_code == 404
    assert not Declaration.objects.exists()


def test_another_county_enters_no_paper_here(client, flight):
    address = reverse("entry:paper", args=[arrivals_of(flight)[0].pk])
    assert sign_in(client, Role.ENTRY, COUNTY).post(address, WELL).status_code == 404
    assert not Declaration.objects.exists()


def test_the_form_offers_the_counties_of_this_city_by_name():
    assert DeclareForm().fields["county"].choices[1:] == []
    a_city()
    offered = dict(DeclareForm().fields["county"].choices)
    assert len(offered) == 11 and "" in offered and COUNTY in offered


@pytest.mark.parametrize("need", sorted(NEEDS))
def test_each_need_travels_with_the_person_until_it_is_corrected(client, flight, need):
    person = arrivals_of(flight)[0]
    with frozen_at(after(100)):
        for said in ([need], []):
            client.post(own(person), WELL | {"needs": said})
            person.refresh_from_db()
            assert person.needs == said


def test_an_own_page_asks_the_same_of_the_database_however_often_one_declared(
    client, flight, django_assert_max_num_queries
):
    person, _other = judged(flight)
    with frozen_at(after(100)):
        for _turn in range(4):
            client.post(own(person), WELL)
        with django_assert_max_num_queries(8):
            assert client.get(own(person)).status_code == 200
