"""Taking minutes in: what is kept of a document, what is refused, what is put aside."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.command.directives.actions import accept, assign, publish
from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.meetings.actions import discard_meeting, receive_minutes
from hucheng.command.meetings.models import Attendee, Meeting, Venue
from hucheng.command.meetings.queries import meeting_seen_by, meetings_seen_by
from hucheng.command.testing import DAY, MINUTES, a_meeting, a_published_meeting, anybody, given, refused, the_directive
from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.engines.minutes import damage, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
OTHER = MINUTES.replace("第四十二次", "第四十四次").replace("3月20日", "3月25日")


def receive(text=MINUTES, at=MORNING, place=CITY, name="minutes.txt", article_date=DAY):
    actor = an_actor(Role.COMMAND_OFFICE, place)
    return receive_minutes(actor=actor, name=name, data=text.encode(), article_date=article_date, at=at)


def nothing_is_kept():
    return not any(model.objects.exists() for model in (Meeting, Attendee, Venue, Directive, DirectiveChange))


def test_what_the_engine_read_is_what_is_kept(office):
    text = damage(MINUTES)
    told = read(text, article_date=DAY)
    meeting = receive(text)
    assert (meeting.original, meeting.clean_text) == (text, told.clean_text)
    assert (meeting.number, meeting.held_on, meeting.body) == (42, date(2020, 3, 20), told.meeting.body)
    assert meeting.digest == hashlib.sha256(text.encode()).hexdigest()
    assert (meeting.received_at, meeting.received_by_id, meeting.place) == (MORNING, office.user_id, CITY)
    assert [edit["after"] for edit in meeting.edits] == [edit.after for edit in told.cleaned.edits]
    found = meeting.directives.order_by("number").values_list("number", "text", "start", "end", "kind", "theme")
    assert list(found) == [
        (one.id, one.text_clean, one.start, one.end, one.kind.value, one.theme.value) for one in told.directives
    ]


def test_every_repair_leads_from_the_document_to_the_clean_text():
    meeting = receive(damage(MINUTES))
    assert meeting.edits
    for edit in meeting.edits:
        signs = iter(meeting.original[edit["start"] : edit["end"]])
        assert all(sign in signs for sign in edit["before"]), "its signs stand there in this order"
        assert meeting.clean_text[edit["clean_start"] : edit["clean_end"]] == edit["after"]


def test_every_proposal_says_why_in_both_languages_and_has_its_first_row_of_history(office):
    meeting = receive()
    for one in meeting.directives.all():
        assert one.state == "proposed" and one.why_zh and one.why_en and one.why_zh != one.why_en
        (row,) = one.changes.all()
        assert (row.act, row.at, row.by_id, row.after) == ("read", MORNING, office.user_id, {"text": one.text})


def test_proposals_have_no_owner_before_a_person_gives_one():
    for one in receive().directives.all():
        assert (one.lead_id, one.due, one.measure, one.clause, one.assigned_at) == (None, None, "", None, None)


def test_people_stand_in_the_order_of_the_text_and_groups_without_a_name_by_their_role():
    meeting = receive()
    people = list(meeting.attendees.order_by("number"))
    assert [one.number for one in people] == list(range(1, len(people) + 1))
    (chair,) = [one for one in people if one.function == Attendee.Function.CHAIR]
    assert chair.name == "秦望舒" and "市委书记" in chair.role
    (group,) = [one for one in people if not one.name]
    assert "党政主要负责同志" in group.role and "分会场" in group.venue


def test_the_day_of_publication_gives_the_year_and_without_it_the_day_stays_open():
    assert receive().held_on == date(2020, 3, 20)
    undated = receive(OTHER, article_date=None)
    assert undated.held_on is None or undated.held_on.month == 3
    assert undated.article_date is None


def test_a_long_name_of_a_file_keeps_its_end():
    meeting = receive(name="会" * 200 + ".txt")
    assert len(meeting.document) == 120 and meeting.document.endswith("会.txt")


def test_a_taking_in_leaves_its_line_without_a_word_of_the_text(office):
    meeting = receive()
    line = AuditLine.objects.get(act="command.meetings.receive_minutes")
    assert line.detail["gave"] == str(meeting.pk) and line.user_id == office.user_id
    assert "秦望舒" not in str(line.detail) and "酒店" not in str(line.detail)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今天天气很好,适合出门散步。", "no_meeting"),
        ("   \n\n", "document_unreadable"),
        ("\x00" * 40, "document_unreadable"),
        ("a" * 5000, "no_meeting"),
    ],
)
def test_what_is_no_meeting_is_refused_with_a_line_and_nothing_is_kept(text, code):
    refused(code, receive, text=text)
    line = AuditLine.objects.get(act="command.meetings.receive_minutes")
    assert nothing_is_kept() and line.refused == code


@pytest.mark.parametrize("role", [role for role in Role if role not in ("command_office", "system")])
def test_no_other_role_takes_minutes_in_or_puts_them_aside(role):
    refused("role_may_not", receive_minutes, actor=anybody(role), name="a.txt", data=MINUTES.encode(), at=MORNING)
    assert nothing_is_kept()
    meeting = receive()
    refused("role_may_not", discard_meeting, actor=anybody(role), meeting_id=meeting.pk, at=after(5))


def test_a_document_is_known_in_its_own_place_alone():
    receive()
    refused("document_known", receive)
    assert receive(place=COUNTY).place == COUNTY
    assert Meeting.objects.count() == 2


def test_another_document_of_the_same_meeting_is_refused_by_its_number_and_names_it():
    receive()
    no = refused("meeting_known", receive, text=MINUTES.replace("一批", "十家"))
    assert "42" in str(no.why)
    assert receive(OTHER).number == 44


def test_a_meeting_of_another_body_may_bear_the_same_number():
    receive()
    other = receive(MINUTES.replace("市疫情防控工作领导小组", "市森林草原防灭火指挥部"))
    assert other.number == 42 and other.body != Meeting.objects.get(body__contains="疫情").body


def test_meetings_without_a_number_are_told_apart_by_their_text():
    plain = MINUTES.replace("第四十二次会议", "会议")
    assert receive(plain).number is None
    refused("document_known", receive, text=plain)
    assert receive(plain.replace("一批", "十家")).number is None


@pytest.mark.parametrize("number", ["第0次", "第70000次", "第九万次"])
def test_a_number_that_no_meeting_bears_is_left_out(number):
    for words in ("一批", "十家"):
        assert receive(MINUTES.replace("第四十二次", number).replace("一批", words)).number is None


@pytest.mark.parametrize(
    "text",
    [
        MINUTES.replace("市疫情防控工作领导小组", "市" + "疫情防控" * 60 + "工作领导小组"),
        MINUTES.replace("秦望舒", "秦望舒" * 40),
        MINUTES.replace("各县分会场", "各县" + "很远" * 60 + "分会场"),
        MINUTES.replace("两日内", "两日内" * 40),
        MINUTES.replace("召开第", "以" + "视频" * 40 + "会议形式召开第"),
    ],
)
def test_words_longer_than_their_field_are_cut_as_the_strict_database_demands(text):
    meeting = receive(text)
    for row in (meeting, *meeting.attendees.all(), *meeting.venues.all(), *meeting.directives.all()):
        for field in row._meta.fields:
            length = getattr(field, "max_length", None)
            assert length is None or len(str(getattr(row, field.name) or "")) <= max(length, 36), field.name


def test_a_huge_document_is_read_whole_and_every_directive_points_into_it():
    lines = [f"会议要求,要设立第{number}个专门机构,两日内征用一批酒店。" for number in range(300)]
    meeting = receive(MINUTES + "\n".join(lines))
    found = list(meeting.directives.all())
    assert len(found) > 500 and len({one.number for one in found}) == len(found)
    assert all(meeting.clean_text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    "text", [MINUTES + "会" * 400_000, MINUTES + "\n".join(f"会议要求,要设立第{n}个专门机构。" for n in range(1001))]
)
def test_what_is_far_too_long_for_minutes_is_refused(text):
    """A text of 400,000 signs gave 29,000 directives on a page that took a minute."""
    refused("document_too_long", receive, text=text)
    assert nothing_is_kept()


def test_minutes_put_aside_are_out_of_every_sight_and_their_row_stays(office):
    meeting = receive()
    one = the_directive(meeting, "征用")
    discard_meeting(actor=office, meeting_id=meeting.pk, at=after(5))
    assert meetings_seen_by(office) == []
    with pytest.raises(Http404):
        meeting_seen_by(office, meeting.pk)
    for act, fields in ((accept, {}), (assign, {"given": given()})):
        with pytest.raises(Http404):
            act(actor=office, directive_id=one.pk, at=after(6), **fields)
    for act in (publish, discard_meeting):
        with pytest.raises(Http404):
            act(actor=office, meeting_id=meeting.pk, at=after(6))
    meeting.refresh_from_db()
    assert meeting.discarded_at == after(5) and meeting.directives.count() > 1


def test_published_minutes_are_not_put_aside_by_anybody(office):
    known = a_published_meeting()
    refused("already_published", discard_meeting, actor=office, meeting_id=known["meeting_id"], at=after(40))
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(discarded_at=after(50))


def test_another_place_finds_nothing_to_put_aside():
    meeting = receive()
    with pytest.raises(Http404):
        discard_meeting(actor=an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY), meeting_id=meeting.pk, at=after(5))


@pytest.mark.parametrize("change", [{"original": "x"}, {"clean_text": "x"}])
def test_the_database_lets_no_document_change(change):
    receive()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.update(**change)


def test_the_database_lets_the_text_change_with_a_repair_taken_back_and_never_once_published(office):
    known = a_published_meeting()
    receive(OTHER, at=after(5))
    taken = [{"kind": "comma", "start": 0, "end": 1}]
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=known["meeting_id"]).update(clean_text="x", kept=taken)
    assert Meeting.objects.filter(published_at=None).update(clean_text="x", kept=taken) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(published_at=None).update(original="x", kept=[])


def test_the_list_counts_what_waits_is_confirmed_and_published(office):
    meeting = receive()
    for words in ("专门机构", "征用"):
        accept(actor=office, directive_id=the_directive(meeting, words).pk, at=after(5))
    publish(actor=office, meeting_id=meeting.pk, at=after(10))
    rest = meeting.directives.filter(state="proposed")
    accept(actor=office, directive_id=rest.first().pk, at=after(15))
    (line,) = meetings_seen_by(office)
    assert (line.waiting, line.confirmed, line.published) == (rest.count(), 1, 2)
    assert line.waiting + 3 == meeting.directives.count()


def test_the_newest_meeting_comes_first_and_one_without_a_day_last(office):
    undated = receive(MINUTES.replace("3月20日,", "").replace("第四十二次", "第四十次"), article_date=None)
    receive()
    receive(OTHER, at=after(5), article_date=date(2020, 3, 26))
    assert undated.held_on is None
    assert [line.meeting.number for line in meetings_seen_by(office)] == [44, 42, 40]


def test_a_hundred_meetings_are_listed_by_one_question_of_the_database(office, django_assert_num_queries):
    whole = a_meeting()
    for number in range(103):
        Meeting.objects.create(
            place=CITY, number=100 + number, held_on=DAY + timedelta(days=number), document="x", digest=str(number),
            original="x", clean_text="x", received_at=MORNING,
        )  # fmt: skip
    with django_assert_num_queries(1):
        found = meetings_seen_by(office)
    assert len(found) == 100 and found[0].meeting.number == 202 and whole.pk not in {one.meeting.pk for one in found}


def test_a_county_s_office_lists_its_own_meetings_and_the_city_both(office):
    receive()
    receive(place=COUNTY)
    sights = {place: len(meetings_seen_by(an_actor(Role.COMMAND_OFFICE, place))) for place in (CITY, COUNTY, "140106")}
    assert sights == {CITY: 2, COUNTY: 1, "140106": 0}
