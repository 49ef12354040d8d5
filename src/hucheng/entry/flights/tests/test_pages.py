"""The entry desk in the browser's terms: pages answer, refusals are shown, strangers see nothing."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import ReadTrace
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, a_city, after, an_actor
from hucheng.engines.manifests import write_paxlst
from hucheng.entry.clearance.actions import clear
from hucheng.entry.clearance.models import Pass
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.handover.actions import send_handover
from hucheng.entry.testing import a_flight, a_landed_flight, a_passenger, arrivals_of, fact, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact

pytestmark = pytest.mark.django_db
ANSWERS = {f"symptom_{code}": "no" for code in SYMPTOMS}
ANSWERS |= {"contact_14d": "no", "destination": "capital", "countries_14d": "CAN"}


def sign_in(client, role=Role.ENTRY, place="140100"):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    return client


@pytest.fixture(params=["zh-hans", "en"])
def desk(client, request):
    client.cookies["django_language"] = request.param
    with frozen_at(after(300)):
        yield sign_in(client)


@pytest.fixture
def flight():
    the_rules()
    flight = a_landed_flight(4)
    fit_to_travel(arrivals_of(flight), at=after(30))
    triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
    return flight


def test_the_list_is_empty_with_a_word_and_then_holds_the_flight(desk):
    page = desk.get(reverse("entry:flights"))
    assert page.status_code == 200 and 'class="empty"' in page.content.decode()
    form = {"number": "HU7976", "origin": "YYZ", "destination": "PEK", "scheduled_landing": "2020-03-22T06:50"}
    answer = desk.post(reverse("entry:flights"), form)
    assert answer.status_code == 302 and b"HU7976" in desk.get(answer.url).content


def test_a_flight_announced_twice_is_refused_on_the_page(desk):
    a_flight()
    form = {"number": "HU7976", "origin": "YYZ", "destination": "PEK", "scheduled_landing": "2020-03-21T12:00"}
    answer = desk.post(reverse("entry:flights"), form)
    assert answer.status_code == 422 and b"flight_known" in answer.content


def test_the_whole_way_of_a_flight_through_the_pages(desk):
    """Upload, landing, declaration by one's own page, facts, triage, gate, departure."""
    the_rules()
    flight = a_flight()
    data = write_paxlst([a_passenger(n) for n in range(2)], flight="HU7976", prepared=datetime(2020, 3, 21, 9))
    file = SimpleUploadedFile("list.edi", data)
    assert desk.post(reverse("entry:upload", args=[flight.pk]), {"file": file}).status_code == 302
    assert desk.post(reverse("entry:landing", args=[flight.pk])).status_code == 302
    for person in arrivals_of(flight):
        own = reverse("entry:own_page", args=[person.access])
        assert desk.get(own).status_code == 200
        assert desk.post(own, ANSWERS).status_code == 302
        for kind, value in ((Fact.Kind.TEMPERATURE, "36.5"), (Fact.Kind.TEST, "negative")):
            fact(person.pk, kind, value, at=after(300))
    desk.post(reverse("entry:judge", args=[flight.pk]))
    assert desk.post(reverse("entry:clear", args=[flight.pk])).status_code == 302
    assert Pass.objects.filter(revoked_at=None).count() == 2
    assert desk.post(reverse("entry:board", args=[flight.pk])).status_code == 302
    assert {a.whereabouts for a in arrivals_of(flight)} == {"departed"}


def test_a_file_of_no_use_is_refused_on_the_desk(desk):
    flight = a_flight()
    answer = desk.post(reverse("entry:upload", args=[flight.pk]), {"file": SimpleUploadedFile("x.pdf", b"%PDF-1.4")})
    assert answer.status_code == 422 and b"manifest_wrong_type" in answer.content
    answer = desk.post(reverse("entry:upload", args=[flight.pk]), {})
    assert answer.status_code == 422 and b"no_file" in answer.content


def test_rows_to_mend_are_shown_downloaded_and_mended(desk):
    flight = a_flight()
    text = "姓名,证件号码,出生日期,座位\n李四,,1985-02-30,35A\n"
    desk.post(reverse("entry:upload", args=[flight.pk]), {"file": SimpleUploadedFile("x.csv", text.encode())})
    page = desk.get(reverse("entry:flight", args=[flight.pk]))
    row = page.context["desk"].to_mend[0]
    assert "1985-02-30" in desk.get(reverse("entry:rows_to_mend", args=[flight.pk])).content.decode()
    mend = reverse("entry:mend", args=[flight.pk, row.pk])
    assert desk.post(mend, {"document_number": "EZ9"}).status_code == 422
    assert desk.post(mend, {"name_zh": "李四", "document_number": "EZ9", "seat": "35A"}).status_code == 302
    assert [a.seat for a in arrivals_of(flight)] == ["35A"]


def test_opening_a_record_leaves_a_trace_that_the_person_sees(desk, flight):
    person = arrivals_of(flight)[0]
    assert desk.get(reverse("entry:arrival", args=[person.pk])).status_code == 200
    assert ReadTrace.objects.get().person_id == person.person_id
    assert "entry desk" in desk.get(reverse("entry:own_page", args=[person.access])).content.decode()


def test_every_symptom_must_be_answered(desk, flight):
    """INQ-24: there is no shortcut “all fine”."""
    own = reverse("entry:own_page", args=[arrivals_of(flight)[0].access])
    some = {k: v for k, v in ANSWERS.items() if k != "symptom_cough"}
    assert desk.post(own, some).status_code == 422


def test_paper_at_the_desk_counts_as_paper(desk, flight):
    person = arrivals_of(flight)[0]
    assert desk.post(reverse("entry:paper", args=[person.pk]), ANSWERS).status_code == 302
    assert Declaration.objects.filter(arrival=person, means="paper").exists()


def test_a_pass_is_shown_checked_and_revoked(desk, flight):
    entry = an_actor(Role.ENTRY)
    ids = [a.pk for a in arrivals_of(flight)]
    first = clear(actor=entry, flight_id=flight.pk, arrival_ids=ids, at=after(290))[0]
    assert b"<svg" in desk.get(reverse("entry:pass", args=[first.pk])).content
    assert desk.get(reverse("entry:passes")).context["valid"] == 4
    for name in ("entry:verify", "entry:gate"):
        assert desk.post(reverse(name), {"text": first.token}).context["verdict"].valid
    assert desk.post(reverse("entry:revoke", args=[first.pk])).status_code == 302
    assert desk.post(reverse("entry:revoke", args=[first.pk])).status_code == 422
    assert desk.post(reverse("entry:verify"), {"text": first.token}).context["verdict"].code == "revoked"
    assert desk.get(reverse("entry:revocations")).content.startswith(b"HUR1:")


def test_the_gate_holds_whoever_has_no_pass(desk):
    page = desk.post(reverse("entry:gate"), {"text": "HUC1:FORGED"})
    assert not page.context["verdict"].valid and 'role="alert"' in page.content.decode()


def test_handovers_are_listed_answered_and_taken_as_a_workbook(client, flight):
    a_city()
    ids = [a.pk for a in arrivals_of(flight)]
    handover = send_handover(
        actor=an_actor(Role.ENTRY),
        sender="TY-MOAT",
        receiver="C-XD-LG",
        what="to county",
        arrival_ids=ids,
        at=after(290),
    )
    with frozen_at(after(300)):
        county = sign_in(client, Role.COUNTY, COUNTY)
        assert county.get(reverse("entry:handovers")).context["waiting"] == 1
        assert county.get(reverse("entry:handover", args=[handover.pk])).context["standing"]
        assert county.get(reverse("entry:workbook", args=[handover.pk])).content.startswith(b"PK")
        answer = reverse("entry:answer", args=[handover.pk])
        assert county.post(answer, {"answer": "refuse"}).status_code == 422
        assert county.post(answer, {"answer": "accept"}).status_code == 302


def test_a_page_does_not_ask_more_of_the_database_as_flights_fill(client, django_assert_max_num_queries):
    the_rules()
    sign_in(client)
    for count, number in ((3, "HU1"), (60, "HU2")):
        flight = a_landed_flight(count, number=number)
        fit_to_travel(arrivals_of(flight), at=after(30))
        triage_flight(actor=an_actor(Role.ENTRY), flight_id=flight.pk, because="screening", at=after(60))
        with django_assert_max_num_queries(20), frozen_at(after(300)):
            assert client.get(reverse("entry:flight", args=[flight.pk])).status_code == 200
        with django_assert_max_num_queries(10), frozen_at(after(300)):
            assert client.get(reverse("entry:flights")).status_code == 200


def test_someone_from_another_place_finds_nothing(client, flight):
    stranger = sign_in(client, Role.ENTRY, COUNTY)
    person = arrivals_of(flight)[0]
    for name, pk in (("entry:flight", flight.pk), ("entry:arrival", person.pk), ("entry:paper", person.pk)):
        assert stranger.get(reverse(name, args=[pk])).status_code == 404
