"""Notes to units: who may ask and answer, the clock of 24 hours, the page that holds both."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse

from hucheng.command.supervision.actions import answer_note, remind, send_note
from hucheng.command.supervision.models import SupervisionNote
from hucheng.command.supervision.queries import notes_seen_by, units_to_ask
from hucheng.command.testing import a_body, a_task, anybody, listed, opened, refused, sent, signed_in
from hucheng.core.accounts.models import User
from hucheng.core.audit.models import AuditLine
from hucheng.core.measures import read
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
SENDERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP}
ANSWERERS = {Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY}
A_DAY = timedelta(hours=24)


def asked(unit="C-XD-LG", about="两人去向不明", at=None, actor=None):
    return send_note(actor=actor or an_actor(Role.COMMAND_OFFICE), unit=unit, about=about, at=at or after(0))


def answered(note, actor=None, answer="已找到", at=None):
    actor = actor or an_actor(Role.COUNTY, COUNTY)
    return answer_note(actor=actor, note_id=note.pk, answer=answer, at=at or after(60))


def share(at, place=CITY):
    found = read("command.supervision.notes_answered_24h", an_actor(Role.LEADING_GROUP, place), at)
    return found.numerator, found.denominator


@pytest.mark.parametrize("role", Role)
def test_each_role_asks_and_answers_what_is_its_part(role):
    actor = SYSTEM if role == Role.SYSTEM else anybody(role)
    if role in SENDERS | {Role.SYSTEM}:
        assert asked(actor=actor).sent_by_id == actor.user_id
    else:
        refused("role_may_not", asked, actor=actor)
    note = asked()
    if role in ANSWERERS | {Role.SYSTEM}:
        assert answered(note, actor).answered_by_id == actor.user_id
    else:
        refused("role_may_not", answered, note=note, actor=actor)


def test_question_and_answer_are_kept_without_blanks_and_out_of_the_audit_lines():
    note = answered(asked(about=" 两人去向不明 "), answer=" 已找到\n")
    note.refresh_from_db()
    assert (note.about, note.answer, note.place, note.answered_at) == ("两人去向不明", "已找到", COUNTY, after(60))
    lines = AuditLine.objects.filter(act__contains="supervision")
    assert lines.count() == 2 and not [line for line in lines if "两人" in str(line.detail)]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"unit": "NOBODY"}, "unit_unknown"),
        ({"unit": ""}, "unit_unknown"),
        ({"unit": "C-*-LG"}, "unit_unknown"),
        ({"unit": "BJ-RECV"}, "unit_unknown"),
        ({"about": ""}, "note_empty"),
        ({"about": " \n"}, "note_empty"),
    ],
)
def test_a_note_to_nobody_or_about_nothing_is_not_sent(fields, code):
    refused(code, asked, **fields)
    assert not SupervisionNote.objects.exists()


def test_a_county_s_office_asks_bodies_of_the_county_alone():
    county = an_actor(Role.COMMAND_OFFICE, COUNTY)
    assert asked(actor=county).place == COUNTY
    refused("unit_unknown", asked, actor=county, unit="TY-HC")
    assert {unit.place for unit in units_to_ask(county)} == {COUNTY}
    offered = {unit.code for unit in units_to_ask(an_actor(Role.COMMAND_OFFICE))}
    assert {"TY-HC", "C-XD-LG", "C-LF-LG"} <= offered and not offered & {"BJ-RECV", "SX-GOV", "CN-CAAC"}


def test_an_answer_is_given_once_in_words_by_somebody_who_sees_the_note():
    note = asked()
    refused("answer_empty", answered, note=note, answer=" ")
    for stranger in (an_actor(Role.COUNTY, OTHER_COUNTY), an_actor(Role.COUNTY, "110000")):
        with pytest.raises(Http404):
            answered(note, stranger)
    answered(note)
    refused("answered", answered, note=note, answer="again", at=after(70))
    note.refresh_from_db()
    assert (note.answer, note.answered_at) == ("已找到", after(60))


def test_the_database_holds_no_answer_without_words():
    asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionNote.objects.update(answered_at=after(5))


@pytest.mark.parametrize(
    ("answered_after", "asked_after", "counted"),
    [
        (None, A_DAY - timedelta(seconds=1), (0, 0)),
        (None, A_DAY, (0, 1)),
        (timedelta(hours=1), timedelta(hours=2), (1, 1)),
        (timedelta(hours=3), timedelta(hours=2), (0, 0)),
        (A_DAY, A_DAY, (1, 1)),
        (A_DAY + timedelta(seconds=1), timedelta(days=5), (0, 1)),
        (timedelta(hours=1), -timedelta(seconds=1), (0, 0)),
    ],
)
def test_the_clock_of_a_note_runs_for_a_day_and_is_read_as_of_the_time_asked(answered_after, asked_after, counted):
    note = asked()
    if answered_after:
        answered(note, at=after(0) + answered_after)
    assert share(after(0) + asked_after) == counted


def test_notes_count_in_the_county_that_was_asked_and_in_the_city():
    answered(asked())
    asked("C-LF-LG")
    asked("TY-HC")
    at = after(days=2)
    assert [share(at, place) for place in (CITY, COUNTY, OTHER_COUNTY, "110000")] == [(1, 3), (1, 1), (0, 1), (0, 0)]


def test_unanswered_notes_come_first_then_the_newest_and_fifty_at_most():
    office = an_actor(Role.COMMAND_OFFICE)
    answered(asked(about="done", at=after(100)), at=after(110))
    for number in range(51):
        asked(about=f"n{number}", at=after(number))
    found = [note.about for note in notes_seen_by(office)]
    assert len(found) == 50 and (found[0], found[-2], found[-1]) == ("n50", "n2", "done")
    assert [note.about for note in notes_seen_by(an_actor(Role.COUNTY, OTHER_COUNTY))] == []


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_the_page_offers_each_role_its_forms_and_answers_no_other(client, role):
    note = asked()
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    page = opened(client, "supervision", at=after(5))
    assert page.status_code == (200 if role in SENDERS | ANSWERERS else 404)
    text = page.content.decode()
    assert (f'action="{reverse("command:send_note")}"' in text) == (role in SENDERS)
    assert (reverse("command:answer_note", args=[note.pk]) in text) == (role in ANSWERERS)
    wanted = 302 if role in SENDERS else 404
    assert sent(client, "send_note", at=after(6), unit="TY-HC", about="x").status_code == wanted
    wanted = 302 if role in ANSWERERS else 404
    assert sent(client, "answer_note", note.pk, at=after(7), answer="x").status_code == wanted


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("send_note", {"unit": "NOBODY", "about": "x"}, "unit_unknown"),
        ("send_note", {"unit": "TY-HC", "about": " "}, "note_empty"),
        ("send_note", {}, "unit_unknown"),
        ("answer_note", {"answer": ""}, "answer_empty"),
    ],
)
def test_a_form_that_is_refused_says_why_in_the_reader_s_language(client, name, fields, code, language):
    note = asked()
    args = [note.pk] if name == "answer_note" else []
    page = sent(signed_in(client, language=language), name, *args, at=after(5), **fields)
    refusal = page.context["refusal"]
    assert page.status_code == 422 and refusal.code == code and str(refusal.why) in page.content.decode()
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refusal.do)) == (language == "zh-hans")
    assert SupervisionNote.objects.filter(answered_at=None).count() == 1


def test_words_of_a_note_are_cut_to_two_thousand_signs_and_shown_as_text(client):
    signed_in(client)
    sent(client, "send_note", unit="TY-HC", about="<script>alert(1)</script>" + "长" * 3000)
    note = SupervisionNote.objects.get()
    assert len(note.about) == 2000
    sent(client, "answer_note", note.pk, at=after(5), answer="答" * 3000)
    note.refresh_from_db()
    assert len(note.answer) == 2000 and "<script>alert" not in opened(client, "supervision").content.decode()


def test_a_county_s_page_holds_no_note_and_no_task_of_another(client):
    asked("C-LF-LG", about="娄烦的名单")
    a_task(supports=["C-*-LG"])
    text = opened(signed_in(client, Role.COUNTY, COUNTY), "supervision", at=after(30)).content.decode()
    assert "娄烦的名单" not in text and "Xiaodian" in text and "Loufan" not in text


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("11 tasks are late", "in time")), ("zh-hans", ("逾期任务 11 项", "按期"))]
)
def test_the_page_counts_what_is_late_and_shows_each_county_by_its_worst_task(client, language, words):
    a_task(supports=["C-*-LG"], measure="", no_measure="以文件为准")
    page = opened(signed_in(client, language=language), "supervision", at=after(days=3))
    tiles = {tile.code: (tile.value, tile.kind) for tile in page.context["tiles"]}
    assert len(tiles) == 10 and set(tiles.values()) == {("1", "bad")}
    assert words[0] in page.content.decode()
    calm = opened(client, "supervision", at=after(30)).context["tiles"]
    assert {(tile.value, tile.kind, str(tile.word)) for tile in calm} == {("0", "ok", words[1])}


def test_the_sheet_of_supervision_says_unit_state_and_reminders(client):
    a_task(supports=["C-*-LG"])
    a_body("C-XD-LG", stands=after(25))
    for day in range(2):
        remind(actor=SYSTEM, at=after(30, days=day))
    heads, *rows = listed(signed_in(client), "supervision", "supervision", at=after(60, days=1))
    assert heads == ["Unit", "Task", "Deadline", "State"] and len(rows) == 9
    assert {row[3] for row in rows} == {"Blind reminded 2 times"}
    assert not [row for row in rows if "Xiaodian" in row[0]]
