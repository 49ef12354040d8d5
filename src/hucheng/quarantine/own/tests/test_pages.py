"""A traveller's own stay: what it tells, what it takes, and that the key opens nobody else's."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.entry.declarations.symptoms import SYMPTOMS
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import fact
from hucheng.entry.triage.actions import FactIn, record_facts
from hucheng.entry.triage.models import Fact
from hucheng.quarantine.care.actions import settle_care
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.checks.measures import done_today
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.own.queries import own_stay_of, traveller_of_key
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.testing import main_of, people_inside, with_negative_tests

pytestmark = pytest.mark.django_db
NEXT_DAY = after(60, days=1)
WELL = {f"symptom_{code}": "no" for code in SYMPTOMS} | {"temperature": "36.6", "key": "own-1"}


@pytest.fixture
def stays():
    return people_inside(2)


def stay_page(stay) -> str:
    return reverse("quarantine:own_stay", args=[stay.arrival.access])


def open_page(client, stay, at=NEXT_DAY, language="en"):
    with frozen_at(at):
        return client.get(stay_page(stay), headers={"accept-language": language})


def send(client, name, stay, at=NEXT_DAY, language="en", **form):
    with frozen_at(at):
        url = reverse(f"quarantine:{name}", args=[stay.arrival.access])
        return client.post(url, form, headers={"accept-language": language})


@pytest.mark.parametrize(("language", "words"), [("en", "Until 04-04 00:00"), ("zh-hans", "至 04-04 00:00")])
def test_until_when_comes_before_why(client, stays, language, words):
    text = open_page(client, stays[0], language=language).text
    why = stays[0].arrival.last_triage.reason_en if language == "en" else stays[0].arrival.last_triage.reason_zh
    assert text.index(words) < text.index(why) and stays[0].room.number in text


@pytest.mark.parametrize(("day", "done"), [(0.1, 0), (1, 1), (13.4, 13), (14.2, 14), (20, 14)])
def test_days_are_counted_from_midnight_and_never_beyond_fourteen(client, stays, day, done):
    own = open_page(client, stays[0], at=after(60, days=day)).context["own"]
    assert own.days_done == done and own.days_left == 14 - done
    kinds = [kind for _x, kind in own.days]
    assert len(kinds) == 14 and kinds.count("accent") == done and kinds.count("now") == (done < 14)


def test_the_own_check_counts_like_that_of_the_house(client, stays):
    house = an_actor(Role.QUARANTINE)
    assert done_today(house, NEXT_DAY).numerator == 0
    assert send(client, "own_check", stays[0], **WELL).status_code == 302
    check = DailyCheck.objects.get()
    assert check.stay_id == stays[0].pk and not check.abnormal and check.by_id is None
    assert done_today(house, NEXT_DAY).numerator == 1
    assert AuditLine.objects.filter(role=Role.TRAVELLER, act__endswith="record_checks").count() == 1


def test_the_same_report_sent_again_counts_once(client, stays):
    send(client, "own_check", stays[0], **WELL)
    assert send(client, "own_check", stays[0], **WELL).status_code == 302
    assert DailyCheck.objects.count() == 1
    other = send(client, "own_check", stays[0], **(WELL | {"key": "own-2"}))
    assert other.status_code == 422 and other.context["refusal"].code == "slot_taken"


@pytest.mark.parametrize("changed", [{"temperature": "38.4"}, {"symptom_cough": "yes"}])
def test_an_abnormal_report_is_judged_at_once(client, stays, changed):
    assert send(client, "own_check", stays[0], **(WELL | changed)).status_code == 302
    assert Arrival.objects.get(pk=stays[0].arrival_id).outcome == "hospital"


@pytest.mark.parametrize(
    "changed",
    [{"temperature": ""}, {"temperature": "warm"}, {"temperature": "3.7"}, {"symptom_cough": ""}, {"key": ""}],
    ids=str,
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_report_that_cannot_be_right_is_refused_with_what_to_do(client, stays, changed, language):
    answer = send(client, "own_check", stays[0], language=language, **(WELL | changed))
    assert answer.status_code == 422 and not DailyCheck.objects.exists()
    assert 'role="alert"' in answer.text


def test_a_need_is_asked_with_its_clock_and_seen_when_it_is_settled(client, stays):
    assert send(client, "own_ask", stays[0], kind="food", text="rice porridge").status_code == 302
    asked = CareRequest.objects.get()
    assert asked.house == "H01" and (asked.due_at - asked.asked_at).seconds == 7200
    assert "rice porridge" in open_page(client, stays[0]).text
    assert "rice porridge" not in open_page(client, stays[1]).text


@pytest.mark.parametrize(
    "form", [{}, {"kind": "food"}, {"kind": "emergency", "text": "x"}, {"kind": "x", "text": "x"}], ids=str
)
def test_an_empty_or_unknown_wish_is_refused(client, stays, form):
    assert send(client, "own_ask", stays[0], **form).status_code == 422
    assert not CareRequest.objects.exists()


def test_help_comes_without_a_form(client, stays):
    answer = send(client, "own_help", stays[0])
    assert answer.status_code == 302 and CareRequest.objects.get().kind == "emergency"
    assert Arrival.objects.get(pk=stays[0].arrival_id).whereabouts == "hospital"


@pytest.mark.parametrize("name", ["own_stay", "own_check", "own_ask", "own_help"])
def test_an_unknown_key_opens_nothing(client, stays, name):
    url = reverse(f"quarantine:{name}", args=[uuid.uuid4()])
    with frozen_at(NEXT_DAY):
        answer = client.get(url) if name == "own_stay" else client.post(url, WELL)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["own_check", "own_ask", "own_help"])
def test_acts_are_never_done_by_looking(client, stays, name):
    with frozen_at(NEXT_DAY):
        assert client.get(reverse(f"quarantine:{name}", args=[stays[0].arrival.access])).status_code == 405


def test_after_release_the_stay_is_over_and_the_own_page_remains(client, stays):
    with_negative_tests(stays, day=13.2)
    keeper, day_14 = an_actor(Role.QUARANTINE), after(60, days=14)
    release(actor=keeper, stay_id=stays[0].pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV", at=day_14)
    assert open_page(client, stays[0], at=day_14).status_code == 404
    with frozen_at(day_14):
        own = client.get(reverse("entry:own_page", args=[stays[0].arrival.access]))
    assert own.status_code == 200 and f'href="{stay_page(stays[0])}"' not in own.text


def test_the_own_page_leads_to_the_stay_of_whoever_is_in_a_house(client, stays):
    with frozen_at(NEXT_DAY):
        own = client.get(reverse("entry:own_page", args=[stays[0].arrival.access]))
    assert f'href="{stay_page(stays[0])}"' in own.text


def test_the_page_costs_the_same_however_many_are_inside(client, django_assert_max_num_queries):
    stays = people_inside(12)
    with django_assert_max_num_queries(8):
        assert open_page(client, stays[0]).status_code == 200


def test_the_tests_of_one_person_are_read_once(client, stays, django_assert_max_num_queries):
    with_negative_tests(stays, day=0.5)
    with django_assert_max_num_queries(12) as asked:
        open_page(client, stays[0])
    assert sum('FROM "entry_fact"' in query["sql"] for query in asked) == 1


@pytest.mark.parametrize(("first", "last"), [("negative", "invalid"), ("invalid", "negative")])
def test_of_two_results_of_one_minute_the_one_written_last_holds(client, stays, first, last):
    at = after(60, days=13.2)
    for minute, said in enumerate((first, last)):
        row = FactIn(stays[0].arrival_id, Fact.Kind.TEST, said, at, "laboratory")
        record_facts(actor=an_actor(Role.MEDICAL), facts=[row], at=at + timedelta(minutes=minute))
    own = open_page(client, stays[0], at=after(60, days=14)).context["own"]
    assert own.test.value == last
    assert {c.code: c.holds for c in own.conditions}["tests"] == (last == "negative")


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("negative", "en", "Last test: negative"),
        ("positive", "en", "Last test: positive"),
        ("pending", "en", "Last test: no result yet"),
        ("negative", "zh-hans", "阴性"),
    ],
)
def test_the_last_test_is_told_in_words(client, stays, value, language, words):
    fact(stays[0].arrival_id, Fact.Kind.TEST, value, at=after(300))
    assert words in main_of(open_page(client, stays[0], language=language))
    assert "No test yet" in main_of(open_page(client, stays[1]))


def test_each_condition_says_whether_it_is_fulfilled(client, stays):
    text = main_of(open_page(client, stays[0]))
    assert text.count("Still open: needed before you go") == 2 and text.count("Fulfilled") == 2
    with_negative_tests(stays, day=13.2)
    assert main_of(open_page(client, stays[0], at=after(60, days=14))).count("Fulfilled") == 4


def test_a_done_check_stands_with_its_minute_and_the_form_comes_back_with_the_next_slot(client, stays):
    send(client, "own_check", stays[0], **WELL)
    address = reverse("quarantine:own_check", args=[stays[0].arrival.access])
    text = main_of(open_page(client, stays[0]))
    assert "Done at 03-22 09:00" in text and address not in text
    assert address in main_of(open_page(client, stays[0], at=after(480, days=1)))


@pytest.mark.parametrize(("minutes", "mark"), [(119, "st run"), (121, "st bad")])
def test_a_wish_shows_by_when_it_is_owed_whether_that_is_over_and_its_answer(client, stays, minutes, mark):
    send(client, "own_ask", stays[0], at=after(300), kind="food", text="rice porridge")
    text = main_of(open_page(client, stays[0], at=after(300 + minutes)))
    assert "Answer owed by 03-21 15:00" in text and mark in text.partition("rice porridge")[2]
    nurse = an_actor(Role.HOUSE, COUNTY, "H01")
    settle_care(actor=nurse, request_id=CareRequest.objects.get().pk, answer="two bowls", at=after(400))
    text = main_of(open_page(client, stays[0], at=after(430)))
    assert "two bowls" in text and "Answer owed" not in text


@pytest.mark.parametrize(("form", "kept"), [({"kind": "food"}, "checked"), ({"text": "porridge"}, "porridge")], ids=str)
def test_a_wish_to_correct_keeps_its_words(client, stays, form, kept):
    answer = send(client, "own_ask", stays[0], **form)
    assert answer.status_code == 422 and kept in main_of(answer) and 'role="alert"' in main_of(answer)


def test_too_long_a_wish_is_told_and_not_cut(client, stays):
    answer = send(client, "own_ask", stays[0], kind="other", text="x" * 301)
    assert answer.status_code == 422 and "x" * 301 in answer.text and not CareRequest.objects.exists()


def test_the_page_of_one_holds_nothing_of_another_in_the_same_room(client, stays):
    Stay.objects.filter(pk=stays[1].pk).update(room=stays[0].room, bed=2)
    send(client, "own_ask", stays[1], kind="medical", text="a secret of the second")
    send(client, "own_check", stays[1], **WELL)
    text = open_page(client, stays[0]).text
    assert "secret" not in text and stays[1].arrival.person.full_name not in text
    assert reverse("quarantine:own_check", args=[stays[0].arrival.access]) in text


def test_whoever_has_a_room_and_is_still_on_the_way_has_no_stay_yet(client, stays):
    Stay.objects.filter(pk=stays[0].pk).update(admitted_at=None)
    assert open_page(client, stays[0]).status_code == 404
    assert send(client, "own_check", stays[0], **WELL).status_code == 404 and not DailyCheck.objects.exists()


def test_a_traveller_of_a_key_sees_one_person_and_acts_under_no_name(stays):
    traveller = traveller_of_key(stays[0].arrival.access)
    assert (traveller.user_id, traveller.role, traveller.unit) == (None, Role.TRAVELLER, str(stays[0].arrival_id))
    assert own_stay_of(traveller, NEXT_DAY).stay.pk == stays[0].pk
    assert list(Arrival.objects.seen_by(traveller)) == [stays[0].arrival]
