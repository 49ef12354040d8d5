"""Appeals as those who decide and those who filed them see them; limits, order, and each in both languages."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import UNIT_ROLES, Destination, Role
from hucheng.core.testing import CITY, OTHER_COUNTY, after, an_actor
from hucheng.entry.testing import a_landed_flight, arrivals_of
from hucheng.quarantine.appeals.actions import appeal, decide
from hucheng.quarantine.appeals.measures import appeals_in_time
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.appeals.queries import SHOWN, appeals_seen_by, open_appeals
from hucheng.quarantine.release.actions import release
from hucheng.quarantine.testing import (
    main_of,
    opened,
    people_inside,
    posted,
    refused,
    signed_in,
    with_negative_tests,
)

pytestmark = pytest.mark.django_db
FILED = after(60, days=1)
About = Appeal.About
DECIDE = "quarantine:decide_appeal"


@pytest.fixture
def office():
    return an_actor(Role.COMMAND_OFFICE)


@pytest.fixture
def stay():
    return people_inside(1)[0]


def own(stay):
    return Actor(None, stay.arrival.place, Role.TRAVELLER, unit=str(stay.arrival_id))


def file(stay, about=About.DECISION, text="no window", at=FILED):
    return appeal(actor=own(stay), arrival_id=stay.arrival_id, about=about, text=text, at=at)


def close(office, one, at, upheld=False):
    return decide(actor=office, appeal_id=one.pk, upheld=upheld, answer="because", at=at)


def own_page(client, stay, at=FILED, language="en", **form):
    url = reverse("quarantine:own_appeal", args=[stay.arrival.access])
    client.cookies["django_language"] = language
    with frozen_at(at):
        return client.post(url, form) if form else client.get(url)


def test_an_old_appeal_without_an_answer_is_never_pushed_off_the_list(office, stay):
    """The list held the 200 latest: whoever waited longest fell off first."""
    forgotten = file(stay)
    times = {"filed_at": after(days=3), "due_at": after(days=5), "decided_at": after(days=4)}
    Appeal.objects.bulk_create(
        Appeal(arrival_id=stay.arrival_id, place=CITY, about=About.PRICE, text="x", answer="y", upheld=False, **times)
        for _n in range(SHOWN + 5)
    )
    rows = appeals_seen_by(office)
    assert len(rows) == SHOWN and rows[0].pk == forgotten.pk and open_appeals(office) == [forgotten]


def test_open_ones_stand_by_what_is_owed_first_and_decided_ones_latest_first(office, stay):
    place, price = file(stay, About.PLACE), file(stay, About.PRICE, at=FILED - timedelta(hours=1))
    early, late = file(stay, About.RECORD), file(stay, About.TREATMENT)
    close(office, early, FILED + timedelta(hours=1))
    close(office, late, FILED + timedelta(hours=2))
    assert [row.pk for row in appeals_seen_by(office)] == [price.pk, place.pk, late.pk, early.pk]
    assert [row.pk for row in open_appeals(office)] == [price.pk, place.pk]


@pytest.mark.parametrize(
    ("role", "place", "sees"),
    [
        (Role.COMMAND_OFFICE, CITY, True),
        (Role.LEADING_GROUP, "140000", True),
        (Role.MEDICAL, OTHER_COUNTY, False),
        (Role.COMMAND_OFFICE, "310100", False),
    ],
)
def test_each_reader_sees_the_appeals_of_the_own_place(stay, role, place, sees):
    file(stay)
    reader = an_actor(role, place)
    assert len(appeals_seen_by(reader)) == len(open_appeals(reader)) == sees


def test_an_appeal_keeps_its_words_without_the_space_around_them(office, stay):
    one = file(stay, text="  no window \n")
    done = decide(actor=office, appeal_id=one.pk, upheld=True, answer="  a room tomorrow ", at=FILED)
    assert (one.text, done.answer, done.decided_by_id, done.decided_at) == (
        "no window",
        "a room tomorrow",
        office.user_id,
        FILED,
    )
    assert "window" not in str(list(AuditLine.objects.filter(act__contains="appeals").values_list("detail", flat=True)))


def test_somebody_who_was_never_judged_may_appeal_and_anybody_of_the_reviewers_decides(office):
    person = arrivals_of(a_landed_flight(1))[0]
    one = appeal(actor=an_actor(Role.ENTRY), arrival_id=person.pk, about=About.RECORD, text="my name", at=after(30))
    assert one.judged_by_id is None and close(office, one, after(40)).decided_by_id == office.user_id


def test_whoever_has_left_may_still_appeal_and_is_answered(office, stay):
    with_negative_tests([stay], day=13.2)
    at, keeper = after(60, days=14), an_actor(Role.QUARANTINE)
    release(actor=keeper, stay_id=stay.pk, to=Destination.ELSEWHERE, receiver="OTHER-PROV", at=at)
    one = file(stay, About.PRICE, at=at)
    assert close(office, one, at, upheld=True).upheld is True


def test_a_second_appeal_about_the_same_leaves_one(stay):
    file(stay)
    no = refused(
        "appeal_open", appeal, actor=own(stay), arrival_id=stay.arrival_id, about=About.DECISION, text="x", at=FILED
    )
    assert str(no.do) and Appeal.objects.count() == 1


def test_nobody_of_another_place_appeals_in_somebodys_name(stay):
    words = {"arrival_id": stay.arrival_id, "about": About.PLACE, "text": "x", "at": FILED}
    with pytest.raises(Http404):
        appeal(actor=an_actor(Role.QUARANTINE, OTHER_COUNTY), **words)
    assert not Appeal.objects.exists()


def test_the_measure_counts_within_the_own_place_what_is_due_or_decided(office, stay):
    first, second = file(stay, About.PLACE), file(stay, About.PRICE)
    close(office, first, FILED + timedelta(hours=3))
    assert appeals_in_time(office, FILED + timedelta(hours=2)).value is None
    reading = appeals_in_time(office, FILED + timedelta(hours=4))
    assert (reading.value, reading.numerator, reading.denominator) == (100, 1, 1)
    assert appeals_in_time(office, second.due_at).value == 50
    assert appeals_in_time(an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY), second.due_at).value is None


@pytest.mark.parametrize(("hours", "late"), [(48, 0), (48.1, 1)])
def test_the_list_says_what_is_past_its_two_days(client, stay, hours, late):
    file(stay)
    page = opened(signed_in(client, Role.COMMAND_OFFICE), "appeals", at=FILED + timedelta(hours=hours))
    assert (page.context["owed"], page.context["late"]) == (1, late)
    assert f"1 appeal waits for an answer, {late} past its 48 hours." in main_of(page)


@pytest.mark.parametrize(
    ("language", "words"), [("en", ["Upheld", "The room or the house"]), ("zh-hans", ["no window", "because"])]
)
def test_a_decided_appeal_shows_which_way_and_why_and_no_form(client, office, stay, language, words):
    close(office, file(stay, About.PLACE), FILED, upheld=True)
    client = signed_in(client, Role.COMMAND_OFFICE, language=language)
    text = main_of(opened(client, "appeals", at=FILED))
    assert all(word in text for word in words) and "<form" not in text


def test_who_reads_appeals_and_who_has_a_form_to_decide(client, stay):
    one = file(stay)
    reviewers = {"command_office", "leading_group", "medical"}
    for role in Role:
        reader = signed_in(client, role, CITY, "U1" if role in UNIT_ROLES else "")
        page = opened(reader, "appeals", at=FILED)
        assert page.status_code == (200 if role in reviewers | {"quarantine"} else 404), role
        answer = posted(reader, "decide_appeal", one.pk, at=FILED, upheld="no", answer="")
        assert answer.status_code == (422 if role in reviewers | {"quarantine"} else 404), role
        assert page.status_code == 404 or (reverse(DECIDE, args=[one.pk]) in main_of(page)) == (role in reviewers)
    answer = posted(signed_in(client), "decide_appeal", one.pk, at=FILED, upheld="no", answer="because")
    assert answer.context["refusal"].code == "role_may_not" and Appeal.objects.get().decided_at is None


def test_the_form_to_decide_leaves_the_answer_open(client, stay):
    file(stay)
    text = main_of(opened(signed_in(client, Role.COMMAND_OFFICE), "appeals", at=FILED))
    assert text.index('<option value="">') < text.index('<option value="no">') and "selected" not in text


def test_an_appeal_of_another_place_is_not_found(client, stay):
    one = file(stay)
    stranger = signed_in(client, Role.COMMAND_OFFICE, OTHER_COUNTY)
    assert posted(stranger, "decide_appeal", one.pk, at=FILED, upheld="no", answer="x").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "Answer owed by 03-24 09:00"), ("zh-hans", "03-24 09:00")])
def test_the_own_page_says_by_when_an_answer_is_owed_and_then_the_answer(client, office, stay, language, words):
    one = file(stay)
    assert words in main_of(own_page(client, stay, language=language))
    close(office, one, FILED + timedelta(hours=1))
    text = main_of(own_page(client, stay, at=FILED + timedelta(hours=2), language=language))
    assert "because" in text and words not in text


def test_a_second_appeal_on_the_own_page_is_refused_and_its_words_are_kept(client, stay):
    file(stay)
    answer = own_page(client, stay, about="decision", text="listen to me")
    assert answer.status_code == 422 and "appeal_open" in answer.text and "listen to me" in main_of(answer)
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("text", ["x" * 2001, " "])
def test_too_many_words_and_none_are_told_on_the_own_page(client, stay, text):
    answer = own_page(client, stay, about="place", text=text)
    assert answer.status_code == 422 and 'href="#id_text"' in main_of(answer) and not Appeal.objects.exists()


def test_the_own_page_shows_nobody_elses_appeal(client):
    first, second = people_inside(2)
    file(first, text="a secret of the first")
    assert "secret" in own_page(client, first).text and "secret" not in own_page(client, second).text
