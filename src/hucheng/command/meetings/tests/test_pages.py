"""The pages of meetings: the way in, the two texts, the directives to work on, and what each role sees of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hucheng.command.directives.actions import accept, publish, reject
from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import (
    MINUTES,
    a_meeting,
    a_published_meeting,
    anybody,
    opened,
    sent,
    signed_in,
    the_directive,
)
from hucheng.core.accounts.models import User
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, after
from hucheng.engines.minutes import damage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
READERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP}
PASTED = {"text": MINUTES, "article_date": "2020-03-21"}


def page_of(client, meeting, at=None, **query):
    return opened(client, "meeting", meeting.pk, at=at or after(30), **query)


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_each_role_sees_and_does_what_is_its_part(client, role):
    meeting = a_meeting()
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    found = [opened(client, "meetings").status_code, page_of(client, meeting).status_code]
    assert found == ([200, 200] if role in READERS else [404, 404])
    text = page_of(client, meeting).content.decode()
    works = role == Role.COMMAND_OFFICE
    assert (reverse("command:discard", args=[meeting.pk]) in text) == works
    assert ("?open=" in text) == works
    assert sent(client, "discard", meeting.pk, at=after(40)).status_code == (302 if works else 404)
    assert Meeting.objects.filter(discarded_at=None).exists() != works


def test_a_reader_who_sends_minutes_is_refused_and_nothing_is_kept(client):
    page = sent(signed_in(client, Role.LEADING_GROUP), "meetings", **PASTED)
    assert page.status_code == 422 and page.context["refusal"].code == "role_may_not"
    assert not Meeting.objects.exists() and "Take minutes in" not in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "one of the two"),
        ({"text": "  \n "}, "one of the two"),
        ({"text": MINUTES, "article_date": "21.3."}, "Published on"),
        ({"text": "会" * 400_001}, "Or paste the text"),
        ({"text": MINUTES, "file": SimpleUploadedFile("a.txt", MINUTES.encode())}, "one of the two"),
    ],
)
def test_a_form_that_says_too_little_or_too_much_is_answered_in_words(client, fields, words):
    page = sent(signed_in(client), "meetings", **fields)
    text = page.content.decode()
    alert = text[text.index('role="alert"') :]
    assert page.status_code == 422 and words in alert[:600] and not Meeting.objects.exists()


def test_what_was_pasted_stays_in_the_form_when_the_day_is_wrong(client):
    page = sent(signed_in(client), "meetings", text=MINUTES, article_date="soon")
    assert page.context["form"]["text"].value() == MINUTES and "秦望舒" in page.content.decode()


def test_a_file_is_taken_in_under_its_name_and_its_page_opens(client):
    answer = sent(signed_in(client), "meetings", file=SimpleUploadedFile("纪要.txt", MINUTES.encode()))
    meeting = Meeting.objects.get()
    assert answer.url == reverse("command:meeting", args=[meeting.pk]) and meeting.document == "纪要.txt"
    assert page_of(client, meeting).status_code == 200


@pytest.mark.parametrize(
    ("language", "empty", "one", "two"),
    [
        ("en", "No meeting yet", "One meeting is on record", "2 meetings are on record"),
        ("zh-hans", "尚无会议", "会议 1 次", "会议 2 次"),
    ],
)
def test_the_list_says_how_many_meetings_are_on_record(client, language, empty, one, two):
    signed_in(client, language=language)
    assert empty in opened(client, "meetings").content.decode()
    a_meeting()
    assert one in opened(client, "meetings").content.decode()
    a_meeting(MINUTES.replace("第四十二次", "第四十次"))
    assert two in opened(client, "meetings").content.decode()


def test_a_meeting_without_number_is_listed_by_its_document_and_one_without_a_day_by_a_dash(client):
    meeting = a_meeting(MINUTES.replace("第四十二次会议", "会议").replace("3月20日,", ""), name="纪要.txt")
    assert meeting.number is None
    signed_in(client)
    for text in (opened(client, "meetings").content.decode(), page_of(client, meeting).content.decode()):
        assert "纪要.txt" in text and "None" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Meeting no. 42", "Original", "Repaired", "repairs", "Chair")),
        ("zh-hans", ("第 42 次会议", "原文", "清理后", "主持")),
    ],
)
def test_the_page_shows_both_texts_who_took_part_and_every_directive(client, language, words):
    meeting = a_meeting(damage(MINUTES))
    text = page_of(signed_in(client, language=language), meeting).content.decode()
    assert not [word for word in words if word not in text]
    assert '<s class="d">' in text and "<ins>" in text and "秦望舒" in text
    assert all(f'id="d-{one.pk}"' in text for one in meeting.directives.all())


def test_what_the_reader_asks_to_look_at_is_said_in_the_language_of_the_page(client):
    meeting = a_meeting()
    Meeting.objects.filter(pk=meeting.pk).update(warnings=[["请核对日期", "Check the day"]])
    assert "Check the day" in page_of(signed_in(client), meeting).content.decode()
    text = page_of(signed_in(client, language="zh-hans"), meeting).content.decode()
    assert "请核对日期" in text and "Check the day" not in text


def test_the_sentence_counts_what_waits_and_what_is_published(client, office):
    meeting = a_meeting()
    every = meeting.directives.count()
    for words in ("专门机构", "征用"):
        accept(actor=office, directive_id=the_directive(meeting, words).pk, at=after(5))
    publish(actor=office, meeting_id=meeting.pk, at=after(10))
    reject(actor=office, directive_id=meeting.directives.filter(state="proposed").first().pk, at=after(15))
    page = page_of(signed_in(client), meeting)
    assert page.context["counts"] == {"all": every - 1, "waiting": every - 3, "confirmed": 0, "published": 2}
    assert f"<b>{every - 1} passages</b> were read as directives; {every - 3} wait" in page.content.decode()


@pytest.mark.parametrize(
    ("confirmed", "button"), [(0, None), (1, "Publish one directive"), (2, "Publish 2 directives")]
)
def test_the_button_that_publishes_says_how_many_and_stands_only_where_something_is_confirmed(
    client, office, confirmed, button
):
    meeting = a_meeting()
    for words in ("专门机构", "征用")[:confirmed]:
        accept(actor=office, directive_id=the_directive(meeting, words).pk, at=after(5))
    text = page_of(signed_in(client, Role.LEADING_GROUP), meeting).content.decode()
    assert (reverse("command:publish", args=[meeting.pk]) in text) == bool(confirmed)
    assert button is None or button in text


def test_published_minutes_show_no_way_to_put_them_aside_and_refuse_it(client):
    known = a_published_meeting()
    meeting = Meeting.objects.get(pk=known["meeting_id"])
    signed_in(client)
    assert reverse("command:discard", args=[meeting.pk]) not in page_of(client, meeting).content.decode()
    page = sent(client, "discard", meeting.pk, at=after(40))
    assert page.status_code == 422 and page.context["refusal"].code == "already_published"


def test_one_directive_is_open_with_its_suggestion_and_its_forms(client):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    page = page_of(signed_in(client), meeting, open=one.pk)
    text = page.content.decode()
    assert page.context["current"] == one and page.context["form"].initial["lead"] == "TF-HOTEL"
    assert "Task force quarantine houses leads such work" in text and "The deadline stands in the text" in text
    for name in ("assign", "accept", "reject", "edit", "split", "merge"):
        assert reverse(f"command:{name}", args=[one.pk]) in text, name


@pytest.mark.parametrize("query", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_address_that_opens_nothing_shows_the_meeting_all_the_same(client, query):
    page = page_of(signed_in(client), a_meeting(), open=query)
    assert page.status_code == 200 and "current" not in page.context


def test_a_reader_opens_no_directive_to_work_on(client):
    meeting = a_meeting()
    page = page_of(signed_in(client, Role.LEADING_GROUP), meeting, open=the_directive(meeting, "征用").pk)
    assert page.status_code == 200 and "current" not in page.context


@pytest.mark.parametrize(
    ("state", "names", "others"),
    [
        ("accepted", {"assign", "reject", "edit", "split", "merge"}, {"accept"}),
        ("rejected", {"accept"}, {"assign", "reject", "edit", "split", "merge"}),
        ("published", {"assign"}, {"accept", "reject", "edit", "split", "merge"}),
    ],
)
def test_a_directive_offers_the_acts_of_its_state(client, office, state, names, others):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    act = reject if state == "rejected" else accept
    act(actor=office, directive_id=one.pk, at=after(5))
    if state == "published":
        publish(actor=office, meeting_id=meeting.pk, at=after(6))
    text = page_of(signed_in(client), meeting, open=one.pk).content.decode()
    offered = {name for name in names | others if reverse(f"command:{name}", args=[one.pk]) in text}
    assert offered == names


@pytest.mark.parametrize("place", [COUNTY, OTHER_COUNTY, "110000"])
def test_the_office_of_another_place_finds_no_meeting(client, place):
    meeting = a_meeting()
    signed_in(client, place=place)
    assert page_of(client, meeting).status_code == sent(client, "discard", meeting.pk).status_code == 404
    assert str(meeting.pk) not in opened(client, "meetings").content.decode()


def test_the_page_asks_the_same_of_the_database_for_few_directives_and_for_many(client):
    small = a_meeting()
    more = "".join(f"\n会议要求,要设立第{number}个专门机构。" for number in range(40))
    large = a_meeting(MINUTES.replace("第四十二次", "第四十次") + more)
    signed_in(client)
    counts = []
    for meeting in (small, large):
        with CaptureQueriesContext(connection) as asked:
            page_of(client, meeting)
        counts.append(len(asked))
    assert counts[0] == counts[1] and large.directives.count() > small.directives.count() + 30
