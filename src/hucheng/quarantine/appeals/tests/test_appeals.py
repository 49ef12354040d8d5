"""Whoever disagrees is heard by somebody who did not decide, within two days (R-23, NEW-16)."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.quarantine.appeals.actions import appeal, decide
from hucheng.quarantine.appeals.measures import appeals_in_time
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.appeals.queries import appeals_seen_by
from hucheng.quarantine.lodging.actions import end_stay
from hucheng.quarantine.testing import main_of, people_inside

pytestmark = pytest.mark.django_db
FILED = after(60, days=1)


@pytest.fixture
def stay():
    return people_inside(1)[0]


def traveller(stay):
    return Actor(None, stay.arrival.place, Role.TRAVELLER, unit=str(stay.arrival_id))


def file(stay, actor=None, about=Appeal.About.DECISION, text="I was not on that flight", at=FILED):
    return appeal(actor=actor or traveller(stay), arrival_id=stay.arrival_id, about=about, text=text, at=at)


def settle(one, actor=None, upheld=False, answer="The list shows your seat", at=FILED + timedelta(hours=1)):
    return decide(actor=actor or an_actor(Role.COMMAND_OFFICE), appeal_id=one.pk, upheld=upheld, answer=answer, at=at)


def judge_of(stay):
    return User.objects.get(pk=stay.arrival.last_triage.run_by_id)


def test_an_appeal_starts_its_clock_and_changes_nothing_about_the_person(stay):
    before = Arrival.objects.filter(pk=stay.arrival_id).values().get()
    one = file(stay)
    assert one.due_at == FILED + timedelta(hours=48) and one.judged_by_id == stay.arrival.last_triage.run_by_id
    assert Arrival.objects.filter(pk=stay.arrival_id).values().get() == before


def test_the_words_are_sealed_and_stay_out_of_the_audit_line(stay, django_assert_num_queries):
    from django.db import connection

    file(stay)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM quarantine_appeal")
        assert "flight" not in str(cursor.fetchone()[0])
    assert "flight" not in str(AuditLine.objects.get(act__endswith="appeal").detail)


def test_somebody_else_decides_with_reasons(stay):
    done = settle(file(stay), upheld=True)
    assert done.upheld is True and done.answer == "The list shows your seat"


def test_whoever_judged_may_not_review(stay):
    one, judge = file(stay), judge_of(stay)
    itself = Actor(judge.pk, "140100", Role.MEDICAL)
    with pytest.raises(Refusal) as no:
        settle(one, itself)
    assert no.value.code == "own_decision" and Appeal.objects.get().decided_at is None


def test_the_database_too_bars_whoever_judged(stay):
    one = file(stay)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=one.pk).update(decided_at=FILED, upheld=True, decided_by=one.judged_by_id)


def test_a_decision_stands(stay):
    one = settle(file(stay))
    with pytest.raises(Refusal) as no:
        settle(one, upheld=True)
    assert no.value.code == "appeal_decided"
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=one.pk).update(upheld=True)


@pytest.mark.parametrize("field", [{"decided_at": FILED}, {"upheld": True}], ids=str)
def test_half_a_decision_is_none(stay, field):
    one = file(stay)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=one.pk).update(**field)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_appeal_and_an_empty_answer_are_refused(stay, text):
    with pytest.raises(Refusal) as no:
        file(stay, text=text)
    assert no.value.code == "nothing_said"
    with pytest.raises(Refusal) as no:
        settle(file(stay), answer=text)
    assert no.value.code == "no_reasons"


def test_one_open_appeal_about_a_thing_and_another_after_its_answer(stay):
    one = file(stay)
    with pytest.raises(Refusal) as no:
        file(stay)
    assert no.value.code == "appeal_open"
    file(stay, about=Appeal.About.PRICE)
    settle(one)
    assert file(stay, at=FILED + timedelta(days=1)).pk != one.pk


def test_a_traveller_appeals_for_nobody_else():
    first, second = people_inside(2)
    with pytest.raises(Http404):
        file(second, actor=traveller(first))
    file(first)
    assert appeals_seen_by(traveller(second)) == [] and len(appeals_seen_by(traveller(first))) == 1


@pytest.mark.parametrize("role", [Role.QUARANTINE, Role.HOUSE, Role.COUNTY, Role.TRAVELLER, Role.DEPARTMENT])
def test_other_roles_decide_nothing(stay, role):
    one = file(stay)
    with pytest.raises(Refusal) as no:
        settle(one, an_actor(role, COUNTY, "H01"))
    assert no.value.code == "role_may_not"


def test_another_district_decides_nothing(stay):
    with pytest.raises(Http404):
        settle(file(stay), an_actor(Role.MEDICAL, OTHER_COUNTY))


@pytest.mark.parametrize(("hours", "value"), [(47.9, 100), (48, 100), (48.1, 0)])
def test_two_days_are_the_limit(stay, hours, value):
    settle(file(stay), at=FILED + timedelta(hours=hours))
    assert appeals_in_time(an_actor(Role.COMMAND_OFFICE), FILED + timedelta(days=3)).value == value


def test_an_appeal_that_is_not_due_yet_is_not_judged(stay):
    file(stay)
    office = an_actor(Role.COMMAND_OFFICE)
    assert appeals_in_time(office, FILED + timedelta(hours=47)).value is None
    assert appeals_in_time(office, FILED + timedelta(hours=48)).value == 0


def own(client, stay, language="en", **form):
    url = reverse("quarantine:own_appeal", args=[stay.arrival.access])
    with frozen_at(FILED):
        headers = {"accept-language": language}
        return client.post(url, form, headers=headers) if form else client.get(url, headers=headers)


@pytest.mark.parametrize(("language", "words"), [("en", "within 48 hours"), ("zh-hans", "48 小时内答复")])
def test_the_own_page_leads_to_the_appeal_in_both_languages(client, stay, language, words):
    with frozen_at(FILED):
        page = client.get(reverse("entry:own_page", args=[stay.arrival.access]))
    assert reverse("quarantine:own_appeal", args=[stay.arrival.access]) in page.text
    assert words in own(client, stay, language).text


def test_an_appeal_in_two_steps_and_its_answer_on_the_same_page(client, stay):
    assert own(client, stay, about="place", text="no window").status_code == 302
    settle(Appeal.objects.get(), answer="a room with a window from tomorrow")
    assert "a room with a window from tomorrow" in own(client, stay).text


@pytest.mark.parametrize("form", [{"about": "place"}, {"text": "x"}, {"about": "weather", "text": "x"}], ids=str)
def test_a_form_that_lacks_something_is_refused(client, stay, form):
    assert own(client, stay, **form).status_code == 422 and not Appeal.objects.exists()


def test_an_unknown_key_appeals_nothing(client, stay):
    with frozen_at(FILED):
        assert client.get(reverse("quarantine:own_appeal", args=[uuid.UUID(int=7)])).status_code == 404


def as_role(client, role, place="140100"):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    return client


def send(client, one, language="en", **form):
    with frozen_at(FILED + timedelta(hours=2)):
        url = reverse("quarantine:decide_appeal", args=[one.pk])
        return client.post(url, form, headers={"accept-language": language})


def test_the_office_decides_on_its_list(client, stay):
    one, client = file(stay), as_role(client, Role.COMMAND_OFFICE)
    with frozen_at(FILED + timedelta(hours=2)):
        page = client.get(reverse("quarantine:appeals"))
    assert page.context["owed"] == 1 and page.context["late"] == 0 and "not on that flight" in page.text
    assert send(client, one, upheld="yes", answer="you are right").status_code == 302
    assert Appeal.objects.get().upheld is True


@pytest.mark.parametrize("form", [{}, {"upheld": "yes"}, {"upheld": "maybe", "answer": "x"}], ids=str)
def test_a_decision_without_its_parts_is_refused(client, stay, form):
    one = file(stay)
    assert send(as_role(client, Role.COMMAND_OFFICE), one, **form).status_code == 422
    assert Appeal.objects.get().decided_at is None


@pytest.mark.parametrize(("language", "label"), [("en", "Reasons, for the traveller"), ("zh-hans", "理由")])
def test_a_decision_to_correct_keeps_its_way_and_links_what_is_missing(client, stay, language, label):
    one = file(stay)
    text = main_of(send(as_role(client, Role.COMMAND_OFFICE), one, language, upheld="yes", answer=""))
    assert '<a href="#id_answer">' in text and label in text
    assert '<option value="yes" selected>' in text
    assert text.count(reverse("quarantine:decide_appeal", args=[one.pk])) == 2, "the form to correct and the row"


def test_the_one_who_judged_is_told_why_not(client, stay):
    one = file(stay)
    judge = judge_of(stay)
    client.force_login(judge)
    answer = send(client, one, upheld="no", answer="stands")
    assert answer.status_code == 422 and answer.context["refusal"].code == "own_decision"


def test_the_list_costs_the_same_for_one_and_for_twelve(client, django_assert_max_num_queries):
    for stay in people_inside(12):
        file(stay)
    client = as_role(client, Role.COMMAND_OFFICE)
    with frozen_at(FILED), django_assert_max_num_queries(8):
        assert len(client.get(reverse("quarantine:appeals")).context["rows"]) == 12


def test_a_house_appeals_for_those_who_stay_in_it_and_for_nobody_else(stay):
    assert file(stay, an_actor(Role.HOUSE, COUNTY, "H01")).arrival_id == stay.arrival_id
    with pytest.raises(Http404):
        file(stay, an_actor(Role.HOUSE, COUNTY, "H02"), about=Appeal.About.PLACE)
    end_stay(stay, FILED)
    with pytest.raises(Http404):
        file(stay, an_actor(Role.HOUSE, COUNTY, "H01"), about=Appeal.About.PLACE)
