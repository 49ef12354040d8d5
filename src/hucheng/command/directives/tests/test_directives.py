"""From a document to tasks: what a person confirms, what the house refuses, what stays on record."""

import io
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from docx import Document

from hucheng.command.directives.actions import accept, assign, edit, merge, publish, reject, split
from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.directives.queries import published_by_theme, suggestion_for
from hucheng.command.directives.suggest import due_said, owners, suggest
from hucheng.command.measures.standing import Standing, judge_by
from hucheng.command.meetings.actions import discard_meeting, receive_minutes
from hucheng.command.meetings.marked import clean_paragraphs, original_paragraphs
from hucheng.command.meetings.models import Meeting
from hucheng.command.tasks.actions import close_task, require_bodies, set_up_body
from hucheng.command.tasks.models import Task
from hucheng.command.testing import DAY, MINUTES, a_meeting, a_published_meeting, given, refused, the_directive
from hucheng.core.accounts.models import User
from hucheng.core.clock import SHANGHAI, frozen_at
from hucheng.core.measures import MEASURES, read
from hucheng.core.places.models import Organisation
from hucheng.core.terms import Role, Theme
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.engines.minutes import damage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


def test_a_damaged_word_document_is_read_and_kept_as_it_came(office):
    document = Document()
    for line in damage(MINUTES).splitlines():
        document.add_paragraph(line)
    packed = io.BytesIO()
    document.save(packed)
    meeting = receive_minutes(actor=office, name="m.docx", data=packed.getvalue(), article_date=DAY, at=MORNING)
    assert meeting.number == 42 and meeting.held_on == date(2020, 3, 20) and meeting.edits
    assert meeting.clean_text.strip() == MINUTES.strip() and meeting.original != meeting.clean_text
    for one in meeting.directives.all():
        assert meeting.clean_text[one.start : one.end] == one.text
    assert meeting.attendees.filter(name="秦望舒", function="chair").exists()
    assert meeting.venues.filter(kind="branch").exists()


def test_the_two_texts_lose_no_sign(office):
    meeting = a_meeting(damage(MINUTES))
    original = "\n".join("".join(piece.text for piece in line) for line in original_paragraphs(meeting))
    assert original.split() == meeting.original.split()
    clean = clean_paragraphs(meeting, list(meeting.directives.all()))
    texts = ["".join(piece.text for run in runs for piece in run.pieces) for runs in clean]
    assert "\n".join(texts).split() == meeting.clean_text.split()
    assert sum(run.first for runs in clean for run in runs) == meeting.directives.count()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", "document_unreadable"),
        ("a.docx", b"PK\x03\x04 cut short", "document_unreadable"),
        ("a.pdf", b"%PDF-1.7", "document_unreadable"),
        ("a.txt", bytes(range(256)) * 400, "document_unreadable"),
        ("a.txt", "今天天气很好,适合出门散步。".encode(), "no_meeting"),
    ],
)
def test_what_holds_no_minutes_is_refused(office, name, data, code):
    refused(code, receive_minutes, actor=office, name=name, data=data, at=MORNING)
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(office, encoding):
    meeting = receive_minutes(actor=office, name="a.txt", data=MINUTES.encode(encoding), article_date=DAY, at=MORNING)
    assert meeting.number == 42


def test_the_same_document_or_meeting_comes_in_once_and_again_when_discarded(office):
    first = a_meeting()
    refused("document_known", a_meeting)
    refused("meeting_known", a_meeting, text=MINUTES.replace("一批", "十家"))
    discard_meeting(actor=office, meeting_id=first.pk, at=after(1))
    assert a_meeting().pk != first.pk


def test_the_document_stands_in_the_database():
    meeting = a_meeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(original="other")


def test_a_directive_is_split_in_its_own_words_and_merged_back(office):
    meeting = a_meeting(MINUTES.replace("要设立专门机构,", "要设立专门机构和工作专班,"))
    one = the_directive(meeting, "专门机构")
    refused("cannot_split", split, actor=office, directive_id=one.pk, texts=["别的话", "工作专班"], at=after(1))
    refused("cannot_split", split, actor=office, directive_id=one.pk, texts=[one.text], at=after(1))
    head, tail = one.text.split("和")
    parts = split(actor=office, directive_id=one.pk, texts=[head, tail], at=after(2))
    assert [part.label for part in parts] == [f"{one.number}.1", f"{one.number}.2"]
    assert all(meeting.clean_text[part.start : part.end] == part.text for part in parts)
    whole = merge(actor=office, directive_id=parts[0].pk, other_id=parts[1].pk, at=after(3))
    assert whole.text == one.text and whole.end == one.end
    refused("directive_not_open", accept, actor=office, directive_id=parts[1].pk, at=after(4))
    refused("cannot_merge", merge, actor=office, directive_id=whole.pk, other_id=whole.pk, at=after(4))


def test_every_change_leaves_its_row_that_nobody_alters(office):
    one = the_directive(a_meeting(), "征用")
    edit(
        actor=office,
        directive_id=one.pk,
        text="征用三家酒店",
        kind=Directive.Kind.OUTCOME,
        theme=Theme.ECONOMY,
        at=after(1),
    )
    reject(actor=office, directive_id=one.pk, at=after(2))
    accept(actor=office, directive_id=one.pk, at=after(3))
    acts = list(one.changes.order_by("at").values_list("act", flat=True))
    assert acts == ["read", "edited", "rejected", "accepted"]
    assert one.changes.get(act="edited").after == {"text": "征用三家酒店", "kind": "outcome", "theme": "economy"}
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectiveChange.objects.filter(directive=one).update(act="edited")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"lead": "NOBODY"}, "unit_unknown"),
        ({"lead": "C-*-LG"}, "unit_unknown"),
        ({"supports": ["C-*-NONE"]}, "unit_unknown"),
        ({"due": MORNING - timedelta(days=1)}, "deadline_over"),
        ({"measure": "no.such.measure"}, "measure_unknown"),
        ({"measure": "", "no_measure": "  "}, "no_measure_no_reason"),
    ],
)
def test_an_assignment_is_whole_or_refused(office, fields, code):
    one = the_directive(a_meeting(), "征用")
    refused(code, assign, actor=office, directive_id=one.pk, given=given(**fields), at=MORNING)


def test_the_database_holds_no_assigned_directive_without_owner():
    one = the_directive(a_meeting(), "征用")
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=one.pk).update(assigned_at=MORNING)


def test_publishing_gives_tasks_to_the_lead_and_ten_counties(office):
    known = a_published_meeting(supports=["TY-FIN", "C-*-LG"])
    lead = Task.objects.get(pk=known["task_id"])
    assert lead.unit_id == "TF-HOTEL" and lead.parts.count() == 10
    assert set(lead.parts.values_list("place", flat=True)) >= {COUNTY, OTHER_COUNTY}
    owned = read("command.directives.owned", office, after(30))
    assert (owned.numerator, owned.denominator) == (1, 2)
    refused("nothing_confirmed", publish, actor=office, meeting_id=known["meeting_id"], at=after(40))
    refused("already_published", discard_meeting, actor=office, meeting_id=known["meeting_id"], at=after(40))


def test_a_second_assignment_moves_the_task(office):
    known = a_published_meeting()
    later = given(lead="TY-HQ", due=after(days=5), supports=["C-*-EMB"])
    assign(actor=office, directive_id=known["directive_id"], given=later, at=after(60))
    task = Task.objects.get(pk=known["task_id"])
    assert task.unit_id == "TY-HQ" and task.due == after(days=5) and task.parts.count() == 10


def test_what_is_published_stands(office):
    known = a_published_meeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=known["directive_id"]).update(text="other")
    refused(
        "directive_not_open", edit, actor=office, directive_id=known["directive_id"], text="x",
        kind=Directive.Kind.ACTION, theme=Theme.GENERAL, at=after(30),
    )  # fmt: skip


def test_a_blind_measure_makes_the_task_blind_and_keeps_it_open(office):
    known = a_published_meeting()
    ((_theme, (line, *_rest)),) = [pair for pair in published_by_theme(office, after(30)) if pair[1]][:1]
    standings = {
        line.directive.pk: line.standing for _t, lines in published_by_theme(office, after(30)) for line in lines
    }
    assert standings[known["directive_id"]] == Standing.BLIND
    refused("measure_not_met", close_task, actor=office, task_id=known["task_id"], evidence="done", at=after(40))
    (body,) = require_bodies(actor=office, units=["TF-HOTEL"], at=after(41))
    refused(
        "body_incomplete", set_up_body, actor=office, body_id=body.pk, charter=" ", head="x", members=3, at=after(42)
    )
    set_up_body(actor=office, body_id=body.pk, charter="1号", head="江叙白", members=9, at=after(42))
    refused("evidence_missing", close_task, actor=office, task_id=known["task_id"], evidence=" ", at=after(43))
    assert close_task(actor=office, task_id=known["task_id"], evidence="1号文", at=after(44)).closed_at
    assert read("command.tasks.on_time", office, after(days=3)).value == 100


def test_every_body_answers_to_exactly_one_other(office):
    (body,) = require_bodies(actor=office, units=["TF-HOTEL"], at=after(1))
    Organisation.objects.filter(code="TF-HOTEL").update(parent=None)
    refused(
        "no_reporting_line", set_up_body, actor=office, body_id=body.pk, charter="1", head="x", members=3, at=after(2)
    )


@pytest.mark.parametrize(
    ("value", "minutes_left", "standing"),
    [
        (None, 100, Standing.BLIND),
        (100.0, -5, Standing.MET),
        (50.0, -5, Standing.BEHIND),
        (50.0, 19, Standing.DUE_SOON),
        (50.0, 60, Standing.RUNNING),
    ],
)
def test_a_number_and_a_deadline_say_how_it_stands(value, minutes_left, standing):
    due, at = after(100), after(100 - minutes_left)
    found = judge_by("command.tasks.on_time", value, target=None, given_at=after(0), due=due, at=at)
    assert found == standing
    assert judge_by("command.tasks.on_time", 50, target=50, given_at=after(0), due=due, at=at) == Standing.MET


def test_without_a_measure_only_the_clock_speaks():
    words = {"target": None, "given_at": after(0), "due": after(100)}
    assert judge_by("", None, at=after(10), **words) == Standing.RUNNING
    assert judge_by("", None, at=after(101), **words) == Standing.BEHIND


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("三日内征用酒店", "2020-03-27T18:00"),
        ("两周内办结", "2020-04-07T18:00"),
        ("四小时内送入", "2020-03-24T22:00"),
        ("3月26日前建成", "2020-03-26T18:00"),
        ("1月5日前报送", "2021-01-05T18:00"),
        ("2月30日前", None),
        ("尽快", None),
    ],
)
def test_a_deadline_in_the_words_is_read(text, due):
    found = due_said(text, date(2020, 3, 24))
    assert (found.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M") if found else None) == due


def test_the_catalogue_of_owners_names_known_bodies_and_measures():
    codes = set(Organisation.objects.values_list("code", flat=True))
    for one in owners():
        assert one.lead in codes and set(one.measures) <= set(MEASURES)
        assert {code for code in one.supports if "*" not in code} <= codes
        assert one.measures or (one.no_measure_zh and one.no_measure_en)
        assert suggest(one.keys[0], one.theme, date(2020, 3, 24)).owner.clause == one.clause


def test_what_is_unlike_everything_waits_for_a_person():
    assert suggest("请假须报告", "general", date(2020, 3, 24)) is None


def test_the_suggestion_takes_its_deadline_from_the_text():
    one = the_directive(a_meeting(), "征用")
    suggestion = suggestion_for(one)
    assert suggestion.owner.lead == "TF-HOTEL" and suggestion.from_text
    assert suggestion.due.astimezone(SHANGHAI).date() == date(2020, 3, 22)


def test_only_the_office_works_on_directives_and_only_in_its_place(office):
    one = the_directive(a_meeting(), "征用")
    refused("role_may_not", accept, actor=an_actor(Role.COUNTY, COUNTY), directive_id=one.pk, at=after(1))
    with pytest.raises(Http404):
        accept(actor=an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY), directive_id=one.pk, at=after(1))


def opened(client, role=Role.COMMAND_OFFICE, language="en", **where):
    client.cookies["django_language"] = language
    client.force_login(User.objects.get(pk=an_actor(role, **where).user_id))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_office_walks_from_the_upload_to_the_board(client, language):
    opened(client, language=language)
    with frozen_at(after(5)):
        assert client.post(reverse("command:meetings"), {"text": ""}).status_code == 422
        answer = client.post(reverse("command:meetings"), {"text": MINUTES, "article_date": "2020-03-21"})
        meeting = Meeting.objects.get()
        assert answer.url == reverse("command:meeting", args=[meeting.pk])
        one = the_directive(meeting, "征用")
        page = client.get(f"{answer.url}?open={one.pk}").content.decode()
        assert "TF-HOTEL" in page and "征用" in page
        url = reverse("command:assign", args=[one.pk])
        assert client.post(url, {"lead": "TF-HOTEL"}).status_code == 422
        client.post(url, {"lead": "TF-HOTEL", "due": "2020-03-23T18:00", "measure": "command.tasks.bodies_set_up"})
        client.post(reverse("command:publish", args=[meeting.pk]))
        for name in ("command:directives", "command:tasks", "command:supervision", "command:board"):
            assert one.text in client.get(reverse(name)).content.decode(), name
        assert one.text in client.get(reverse("command:directive", args=[one.pk])).content.decode()


def test_a_county_sees_its_own_task_and_no_other(client):
    a_published_meeting(supports=["C-*-LG"])
    opened(client, Role.COUNTY, place=COUNTY)
    with frozen_at(after(60)):
        page = client.get(reverse("command:tasks")).content.decode()
    assert page.count("Xiaodian District") == 1 and "Loufan" not in page


def test_the_directives_page_asks_the_same_however_many_tasks(client, django_assert_max_num_queries):
    a_published_meeting(supports=["C-*-LG", "C-*-EDU", "C-*-EMB"])
    opened(client)
    with frozen_at(after(60)), django_assert_max_num_queries(45):
        client.get(reverse("command:tasks"))
