"""Working on directives by form, and reading those published: what is answered, kept, shown and exported."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hucheng.command.directives.actions import accept, edit, publish, reject
from hucheng.command.directives.models import Directive
from hucheng.command.meetings.models import Meeting
from hucheng.command.testing import (
    MINUTES,
    a_body,
    a_meeting,
    a_published_meeting,
    anybody,
    listed,
    opened,
    sent,
    signed_in,
    the_directive,
)
from hucheng.core.accounts.models import User
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, after

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ACTS = ("accept", "reject", "edit", "split", "merge", "assign")
READERS = {Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.DEPARTMENT, Role.COUNTY}
WORDS = {"text": "征用三家酒店", "kind": "outcome", "theme": "economy"}
TERMS = {"lead": "TF-HOTEL", "due": "2020-03-23T18:00", "measure": "command.tasks.bodies_set_up"}
SET_UP = "command.tasks.bodies_set_up"


@pytest.fixture
def one():
    return the_directive(a_meeting(), "征用")


def refreshed(one):
    return Directive.objects.get(pk=one.pk)


@pytest.mark.parametrize("role", [role for role in Role if role not in ("system", "command_office")])
def test_nobody_else_works_on_a_directive_by_form(client, one, role):
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    for name in ACTS:
        assert sent(client, name, one.pk, at=after(5), **WORDS, **TERMS).status_code == 404, name
    assert refreshed(one).state == "proposed" and one.changes.count() == 1


@pytest.mark.parametrize("name", ACTS)
def test_an_unknown_directive_is_not_found(client, name):
    signed_in(client)
    assert sent(client, name, uuid.uuid4(), **WORDS, **TERMS).status_code == 404


@pytest.mark.parametrize("name", [*ACTS, "publish"])
def test_looking_at_the_address_of_an_act_does_nothing(client, one, name):
    key = one.meeting_id if name == "publish" else one.pk
    assert opened(signed_in(client), name, key).status_code == 405
    assert one.changes.count() == 1


def test_confirming_leads_to_the_next_that_waits_and_in_the_end_to_the_meeting(client, one):
    signed_in(client)
    waiting = list(one.meeting.directives.order_by("number"))
    for done, following in zip(waiting, [*waiting[1:], None], strict=True):
        answer = sent(client, "accept", done.pk, at=after(5))
        address = reverse("command:meeting", args=[one.meeting_id])
        assert answer.url == (f"{address}?open={following.pk}#d-{following.pk}" if following else address)


def test_after_the_last_one_the_work_goes_back_to_the_first_that_was_passed_over(client, one):
    signed_in(client)
    first, *_between, last = one.meeting.directives.order_by("number")
    assert f"?open={first.pk}#" in sent(client, "reject", last.pk, at=after(5)).url


def test_rewording_stays_on_the_directive(client, one):
    answer = sent(signed_in(client), "edit", one.pk, at=after(5), **WORDS)
    assert answer.url.endswith(f"?open={one.pk}#d-{one.pk}")
    assert (refreshed(one).text, refreshed(one).theme) == ("征用三家酒店", "economy")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"text": "长" * 2001}, "Text"), ({"text": " "}, "Text"), ({"kind": "x"}, "Kind"), ({"theme": ""}, "Theme")],
)
def test_a_wrong_wording_is_answered_beside_its_field_with_what_was_written(client, one, wrong, field):
    page = sent(signed_in(client), "edit", one.pk, at=after(5), **(WORDS | wrong))
    text = page.content.decode()
    assert page.status_code == 422 and f"{field}</a>: " in text and "<details open>" in text
    assert page.context["wording"]["text"].value() == (WORDS | wrong)["text"]
    assert refreshed(one).text == one.text


def test_parts_that_do_not_fit_are_refused_and_stay_in_the_form(client, one):
    page = sent(signed_in(client), "split", one.pk, at=after(5), texts="征用\n别的话")
    assert page.status_code == 422 and page.context["refusal"].code == "cannot_split"
    assert "征用\n别的话" in page.content.decode() and refreshed(one).state == "proposed"


@pytest.mark.parametrize("texts", ["", "长" * 4001])
def test_a_form_without_parts_or_with_too_many_words_splits_nothing(client, one, texts):
    page = sent(signed_in(client), "split", one.pk, at=after(5), texts=texts)
    assert page.status_code == 422 and refreshed(one).state == "proposed"


def test_a_split_by_lines_leads_to_its_first_part(client, one):
    head, tail = one.text[:3], one.text[3:]
    answer = sent(signed_in(client), "split", one.pk, at=after(5), texts=f"{head}\r\n\r\n{tail}")
    first = one.parts.get(part=1)
    assert first.text == head and f"?open={first.pk}#" in answer.url


def test_a_merge_by_form_takes_the_other_in(client, one):
    other = one.meeting.directives.exclude(pk=one.pk).order_by("number").first()
    assert sent(signed_in(client), "merge", one.pk, at=after(5), other=other.pk).status_code == 302
    assert refreshed(other).merged_into_id == one.pk
    assert sent(client, "merge", one.pk, at=after(6), other="nonsense").status_code == 404
    page = sent(client, "merge", one.pk, at=after(6), other=one.pk)
    assert page.status_code == 422 and page.context["refusal"].code == "cannot_merge"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lead": ""}, "lead"),
        ({"lead": "C-XD-LG"}, "lead"),
        ({"due": "soon"}, "due"),
        ({"due": ""}, "due"),
        ({"measure": "no.such"}, "measure"),
        ({"target": "many"}, "target"),
        ({"target": "nan"}, "target"),
        ({"supports": "C-*-NONE"}, "supports"),
        ({"no_measure": "因" * 201}, "no_measure"),
    ],
)
def test_a_wrong_term_is_answered_beside_its_field_with_the_others_kept(client, one, wrong, field):
    page = sent(signed_in(client), "assign", one.pk, at=after(5), **(TERMS | {"no_measure": "以文件为准"} | wrong))
    form = page.context["form"]
    assert page.status_code == 422 and list(form.errors) == [field]
    assert str(form.errors[field][0]) in page.content.decode()
    assert "no_measure" in wrong or form["no_measure"].value() == "以文件为准"
    assert refreshed(one).assigned_at is None


@pytest.mark.parametrize(
    ("terms", "code"),
    [(TERMS | {"due": "2020-03-20T18:00"}, "deadline_over"), (TERMS | {"measure": ""}, "no_measure_no_reason")],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_terms_that_are_refused_stay_in_the_form_under_the_reason(client, one, terms, code, language):
    page = sent(signed_in(client, language=language), "assign", one.pk, at=after(5), **terms)
    refusal = page.context["refusal"]
    assert page.status_code == 422 and refusal.code == code and str(refusal.why) in page.content.decode()
    assert page.context["form"]["lead"].value() == "TF-HOTEL"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(refusal.why)) == (language == "zh-hans")


def test_an_assignment_by_form_keeps_the_line_of_the_catalogue_and_shows_what_stands_when_opened_again(client, one):
    signed_in(client)
    sent(client, "assign", one.pk, at=after(5), **TERMS, supports=["C-*-LG"], target="80")
    kept = refreshed(one)
    assert (kept.clause, kept.target, kept.supports) == (15, 80, ["C-*-LG"])
    page = opened(client, "meeting", one.meeting_id, at=after(6), open=one.pk)
    assert page.context["form"].initial["target"] == 80
    assert 'value="2020-03-23T18:00"' in page.content.decode()


def test_nothing_confirmed_is_refused_on_the_page_of_the_meeting(client, one):
    page = sent(signed_in(client, Role.LEADING_GROUP), "publish", one.meeting_id, at=after(5))
    assert page.status_code == 422 and page.context["refusal"].code == "nothing_confirmed"


@pytest.mark.parametrize("role", [role for role in Role if role != "system"])
def test_published_directives_open_to_those_who_decide_and_do(client, role):
    known = a_published_meeting()
    client.force_login(User.objects.get(pk=anybody(role).user_id))
    statuses = {
        opened(client, "directives").status_code,
        opened(client, "directive", known["directive_id"]).status_code,
    }
    assert statuses == ({200} if role in READERS else {404})


@pytest.mark.parametrize(
    ("language", "heads", "row"),
    [
        (
            "en",
            ["Theme", "Directive", "Source meeting", "Lead", "Deadline", "Now", "State"],
            ["Moat of the capital", "Meeting no. 42, item", "Task force quarantine houses", "100", "Met"],
        ),
        (
            "zh-hans",
            ["主题", "部署", "来源", "牵头单位", "期限", "当前", "状态"],
            ["首都护城河", "第 42 次会议第", "酒店保障专班", "100", "达标"],
        ),
    ],
)
def test_the_sheet_of_directives_says_whose_each_is_and_how_it_stands(client, language, heads, row):
    known = a_published_meeting()
    a_body(stands=after(30))
    told, *rows = listed(signed_in(client, language=language), "directives", "directives", at=after(40))
    mine = next(one for one in rows if "征用" in one[1])
    assert told == heads and len(rows) == 2
    assert mine[4] == "2020-03-23 08:00"
    assert not [word for word in row if not any(word in cell for cell in mine)], mine
    assert str(known["directive_id"]) not in str(rows)


@pytest.mark.parametrize(("language", "words"), [("en", "No owner yet"), ("zh-hans", "尚无主责")])
def test_a_demand_without_an_owner_is_said_to_have_none(client, language, words):
    a_published_meeting()
    _heads, *rows = listed(signed_in(client, language=language), "directives", "directives", at=after(40))
    assert [row[6] for row in rows if "专门机构" in row[1]] == [words]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_directive_goes_out_as_a_formula(client, office, one, start):
    edit(actor=office, directive_id=one.pk, at=after(4), **(WORDS | {"text": f'{start}HYPERLINK("http://x")'}))
    accept(actor=office, directive_id=one.pk, at=after(5))
    publish(actor=office, meeting_id=one.meeting_id, at=after(6))
    _heads, row = listed(signed_in(client), "directives", "directives", at=after(40))
    assert "HYPERLINK" in row[1] and not row[1].startswith(start)


@pytest.mark.parametrize(("language", "source"), [("en", "纪要.txt, item"), ("zh-hans", "《纪要.txt》第")])
def test_a_meeting_without_a_number_is_named_by_its_document(client, office, language, source):
    meeting = a_meeting(MINUTES.replace("第四十二次会议", "会议"), name="纪要.txt")
    one = the_directive(meeting, "征用")
    sent(signed_in(client, language=language), "assign", one.pk, at=after(5), **TERMS)
    publish(actor=office, meeting_id=meeting.pk, at=after(6))
    _heads, row = listed(client, "directives", "directives", at=after(40))
    assert row[2].startswith(source) and "None" not in row[2]
    assert source in opened(client, "measure", SET_UP, at=after(40)).content.decode()


def test_the_page_of_a_directive_tells_who_does_what_and_every_change_in_order(client, office):
    known = a_published_meeting(supports=["TY-FIN", "C-*-LG"])
    page = opened(signed_in(client), "directive", known["directive_id"], at=after(40))
    text = page.content.decode()
    assert "Finance Bureau, county leading groups" in text
    assert [event.what for event in page.context["changes"]] == ["Read in the text", "Assigned", "Published"]
    assert [event.now for event in page.context["changes"]] == [False, False, True]
    assert len(page.context["lines"]) == 11 and page.context["lines"][0].task.unit_id == "TF-HOTEL"


def test_words_that_were_replaced_stand_struck_out_in_the_history(client, office, one):
    edit(actor=office, directive_id=one.pk, at=after(4), **WORDS)
    reject(actor=office, directive_id=one.pk, at=after(5))
    text = opened(signed_in(client), "directive", one.pk, at=after(40)).content.decode()
    assert f'<del class="q2">{one.text}</del><br>征用三家酒店' in text and "No task yet" in text


def test_a_directive_of_discarded_minutes_has_no_page(client, one):
    Meeting.objects.filter(pk=one.meeting_id).update(discarded_at=after(5))
    assert opened(signed_in(client), "directive", one.pk, at=after(40)).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("en", "Nothing is published yet"), ("zh-hans", "尚未签发")])
def test_before_anything_is_published_the_list_says_so(client, one, language, words):
    assert words in opened(signed_in(client, language=language), "directives").content.decode()


def test_the_list_asks_the_same_of_the_database_for_few_and_for_many(client):
    counts = []
    signed_in(client)
    for supports in ([], ["C-*-LG", "C-*-EDU", "C-*-EMB"]):
        Meeting.objects.filter(published_at=None).update(discarded_at=after(1))
        text = MINUTES if not supports else MINUTES.replace("第四十二次", "第四十次")
        meeting = a_meeting(text)
        for directive in meeting.directives.all():
            sent(client, "assign", directive.pk, at=after(5), **TERMS, supports=supports)
        sent(client, "publish", meeting.pk, at=after(6))
        with CaptureQueriesContext(connection) as asked:
            assert opened(client, "directives", at=after(40)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_county_s_department_of_the_list_shows_only_what_gave_it_a_task(client):
    a_published_meeting(supports=["C-*-LG"])
    signed_in(client, Role.COUNTY, COUNTY)
    _heads, row = listed(client, "directives", "directives", at=after(40))
    assert "征用" in row[1]
