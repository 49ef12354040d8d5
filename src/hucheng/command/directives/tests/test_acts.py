"""Each act on a directive: in which state, by whom, on what words, and what it leaves in the history."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from hucheng.command.directives.actions import accept, assign, edit, merge, publish, reject, split
from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.meetings.actions import discard_meeting
from hucheng.command.testing import MINUTES, a_meeting, a_published_meeting, anybody, given, refused, the_directive
from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role, Theme
from hucheng.core.testing import MORNING, OTHER_COUNTY, after, an_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
State = Directive.State
LONG = MINUTES.replace("要设立专门机构,", "要设立专门机构和工作专班,")
WORDS = {"text": "征用三家酒店", "kind": Directive.Kind.OUTCOME, "theme": Theme.ECONOMY}
ACTS = {
    accept: {State.PROPOSED, State.REJECTED},
    reject: {State.PROPOSED, State.ACCEPTED},
    edit: {State.PROPOSED, State.ACCEPTED},
    split: {State.PROPOSED, State.ACCEPTED},
    merge: {State.PROPOSED, State.ACCEPTED},
    assign: {State.PROPOSED, State.ACCEPTED, State.PUBLISHED},
}
"""Every act on one directive and the states in which it may be done."""


def fields_of(act, meeting, one):
    other = meeting.directives.exclude(pk=one.pk).filter(state="proposed").first()
    needed = {
        edit: WORDS, split: {"texts": [one.text[:3], one.text[3:]]}, merge: {"other_id": other.pk},
        assign: {"given": given()},
    }  # fmt: skip
    return needed.get(act, {})


def brought_to(state, one):
    """A directive in this state, with what the database asks of it."""
    Directive.objects.filter(pk=one.pk).update(state=state, published_at=after(5) if state == State.PUBLISHED else None)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_act_is_done_in_its_states_and_refused_in_all_others(office, act, state):
    meeting = a_meeting()
    one = brought_to(state, the_directive(meeting, "征用"))
    fields, before = fields_of(act, meeting, one), one.changes.count()
    if state in ACTS[act]:
        act(actor=office, directive_id=one.pk, at=after(10), **fields)
        assert one.changes.count() > before
        return
    no = refused("directive_not_open", act, actor=office, directive_id=one.pk, at=after(10), **fields)
    assert str(state.label) in str(no.why) and one.changes.count() == before
    assert AuditLine.objects.get(act=f"command.directives.{act.__name__}").refused == "directive_not_open"


@pytest.mark.parametrize("role", [role for role in Role if role not in ("command_office", "system")])
def test_no_other_role_acts_on_a_directive(role):
    meeting = a_meeting()
    one, actor = the_directive(meeting, "征用"), anybody(role)
    for act in ACTS:
        refused("role_may_not", act, actor=actor, directive_id=one.pk, at=after(5), **fields_of(act, meeting, one))
    assert set(DirectiveChange.objects.values_list("act", flat=True)) == {"read"}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_office_of_another_place_finds_no_directive(act):
    meeting = a_meeting()
    one = the_directive(meeting, "征用")
    with pytest.raises(Http404):
        act(
            actor=an_actor(Role.COMMAND_OFFICE, OTHER_COUNTY), directive_id=one.pk, at=after(5),
            **fields_of(act, meeting, one),
        )  # fmt: skip


@pytest.mark.parametrize(("role", "may"), [(role, role in ("command_office", "leading_group")) for role in Role][:-1])
def test_the_office_and_the_leading_group_publish_and_nobody_else(office, role, may):
    meeting = a_meeting()
    accept(actor=office, directive_id=the_directive(meeting, "征用").pk, at=after(5))
    if may:
        (one,) = publish(actor=an_actor(role), meeting_id=meeting.pk, at=after(6))
        assert one.changes.get(act="published").by_id == an_actor(role).user_id
    else:
        refused("role_may_not", publish, actor=anybody(role), meeting_id=meeting.pk, at=after(6))
    assert meeting.directives.filter(state="published").exists() == may


def test_words_are_kept_without_blanks_and_their_place_in_the_minutes_stays(office):
    one = the_directive(a_meeting(), "征用")
    span = one.start, one.end
    changed = edit(actor=office, directive_id=one.pk, at=after(5), **(WORDS | {"text": " 征用三家酒店\n"}))
    changed.refresh_from_db()
    assert (changed.text, changed.kind, changed.theme) == ("征用三家酒店", "outcome", "economy")
    assert (changed.start, changed.end) == span
    row = changed.changes.get(act="edited")
    assert row.before["text"] == one.text and row.by_id == office.user_id and row.at == after(5)


def test_an_edit_that_changes_nothing_leaves_an_empty_row(office):
    one = the_directive(a_meeting(), "征用")
    edit(actor=office, directive_id=one.pk, text=one.text, kind=one.kind, theme=one.theme, at=after(5))
    row = one.changes.get(act="edited")
    assert row.before == row.after == {}


def test_what_was_set_aside_comes_back_with_all_it_had(office):
    one = the_directive(a_meeting(), "征用")
    assign(actor=office, directive_id=one.pk, given=given(), at=after(4))
    reject(actor=office, directive_id=one.pk, at=after(5))
    back = accept(actor=office, directive_id=one.pk, at=after(6))
    assert (back.state, back.lead_id, back.measure) == ("accepted", "TF-HOTEL", "command.tasks.bodies_set_up")


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["设立专门机构"],
        ["设立专门机构", "  "],
        ["工作专班", "设立专门机构"],
        ["设立专门机构", "设立专门机构"],
        ["设立专门机构和", "和工作专班"],
        ["设立专门机构", "征用酒店"],
    ],
)
def test_parts_that_are_not_passages_in_their_order_are_refused(office, texts):
    one = the_directive(a_meeting(LONG), "专门机构")
    refused("cannot_split", split, actor=office, directive_id=one.pk, texts=texts, at=after(5))
    one.refresh_from_db()
    assert one.state == "proposed" and not one.parts.exists()


def test_parts_inherit_what_was_read_and_wait_to_be_confirmed_without_an_owner(office):
    meeting = a_meeting(LONG)
    one = the_directive(meeting, "专门机构")
    assign(actor=office, directive_id=one.pk, given=given(), at=after(4))
    head, tail = one.text.split("和")
    parts = split(actor=office, directive_id=one.pk, texts=[f" {head}\n", "", tail], at=after(5))
    for part, words in zip(parts, (head, tail), strict=True):
        assert (part.text, part.state, part.origin_id, part.number) == (words, "proposed", one.pk, one.number)
        assert meeting.clean_text[part.start : part.end] == words
        assert (part.kind, part.theme, part.modality, part.why_zh) == (one.kind, one.theme, one.modality, one.why_zh)
        assert part.lead_id is None and part.assigned_at is None
        assert [row.act for row in part.changes.all()] == ["split"]
    one.refresh_from_db()
    assert one.state == "split" and one.changes.get(act="split").after == {"state": "split"}


def test_a_part_of_a_part_goes_on_counting_so_that_no_label_stands_twice(office):
    one = the_directive(a_meeting(LONG), "专门机构")
    head, tail = one.text.split("和")
    first, _second = split(actor=office, directive_id=one.pk, texts=[head, tail], at=after(5))
    parts = split(actor=office, directive_id=first.pk, texts=[head[:2], head[2:]], at=after(6))
    assert [part.label for part in parts] == [f"{one.number}.3", f"{one.number}.4"]


def test_reworded_words_are_split_as_they_stand_and_point_to_the_whole_passage(office):
    one = the_directive(a_meeting(), "征用")
    edit(actor=office, directive_id=one.pk, at=after(4), **(WORDS | {"text": "征用酒店并验收"}))
    parts = split(actor=office, directive_id=one.pk, texts=["征用酒店", "验收"], at=after(5))
    assert {(part.start, part.end) for part in parts} == {(one.start, one.end)}


def neighbours(meeting):
    """Two directives of which the second follows the first after a comma."""
    rows = list(meeting.directives.order_by("start"))
    return next((a, b) for a, b in zip(rows, rows[1:], strict=False) if 0 <= b.start - a.end <= 3)


@pytest.mark.parametrize("turned", [False, True])
def test_neighbours_become_the_passage_that_holds_both(office, turned):
    meeting = a_meeting()
    first, second = neighbours(meeting)
    kept, taken = (second, first) if turned else (first, second)
    whole = merge(actor=office, directive_id=kept.pk, other_id=taken.pk, at=after(5))
    whole.refresh_from_db()
    taken.refresh_from_db()
    assert (whole.start, whole.end) == (first.start, second.end)
    assert whole.text == meeting.clean_text[first.start : second.end]
    assert (taken.state, taken.merged_into_id) == ("merged", kept.pk)
    assert [row.act for row in taken.changes.order_by("at")] == ["read", "merged"]


def test_directives_far_apart_are_joined_in_the_order_of_the_text(office):
    meeting = a_meeting()
    rows = list(meeting.directives.order_by("start"))
    first, last = rows[0], rows[-1]
    assert last.start - first.end > 3
    whole = merge(actor=office, directive_id=last.pk, other_id=first.pk, at=after(5))
    assert whole.text == f"{first.text}；{last.text}" and (whole.start, whole.end) == (last.start, last.end)


def test_words_that_were_corrected_are_not_lost_when_neighbours_are_merged(office):
    first, second = neighbours(a_meeting())
    edit(actor=office, directive_id=first.pk, at=after(4), **WORDS)
    whole = merge(actor=office, directive_id=second.pk, other_id=first.pk, at=after(5))
    assert whole.text == f"征用三家酒店；{second.text}" and (whole.start, whole.end) == (first.start, second.end)


def test_directives_of_two_meetings_are_not_merged(office):
    one = the_directive(a_meeting(), "征用")
    other = the_directive(a_meeting(MINUTES.replace("第四十二次", "第四十次")), "征用")
    refused("cannot_merge", merge, actor=office, directive_id=one.pk, other_id=other.pk, at=after(5))
    assert not DirectiveChange.objects.exclude(act="read").exists()


def test_an_unknown_directive_to_merge_is_not_found_and_the_first_stays(office):
    one = the_directive(a_meeting(), "征用")
    discarded = a_meeting(MINUTES.replace("第四十二次", "第四十次"))
    discard_meeting(actor=office, meeting_id=discarded.pk, at=after(3))
    for stranger in (one.meeting_id, the_directive(discarded, "征用").pk):
        with pytest.raises(Http404):
            merge(actor=office, directive_id=one.pk, other_id=stranger, at=after(5))
    one.refresh_from_db()
    assert one.state == "proposed"


def test_an_assignment_confirms_and_keeps_each_term_with_its_history(office):
    one = the_directive(a_meeting(), "征用")
    terms = given(supports=("TY-FIN", "C-*-LG"), target=80, clause=15)
    done = assign(actor=office, directive_id=one.pk, given=terms, at=after(5))
    done.refresh_from_db()
    assert (done.state, done.lead_id, done.due, done.assigned_at) == ("accepted", "TF-HOTEL", terms.due, after(5))
    assert (done.supports, done.target, done.clause) == (["TY-FIN", "C-*-LG"], 80, 15)
    row = done.changes.get(act="assigned")
    assert row.after["lead"] == "TF-HOTEL" and row.after["due"] == terms.due.isoformat()
    assert row.before["lead"] is None and row.before["state"] == "proposed"


def test_a_second_assignment_tells_only_what_it_changed(office):
    known = a_published_meeting()
    again = given(lead="TY-HQ")
    done = assign(actor=office, directive_id=known["directive_id"], given=again, at=after(60))
    assert done.state == "published"
    row = done.changes.order_by("-at").first()
    assert set(row.after) == {"lead", "assigned_at"} and row.before["lead"] == "TF-HOTEL"


@pytest.mark.parametrize(("seconds", "may"), [(0, False), (1, True)])
def test_a_deadline_lies_ahead(office, seconds, may):
    one, at = the_directive(a_meeting(), "征用"), after(5)
    terms = given(due=at + timedelta(seconds=seconds))
    if may:
        assert assign(actor=office, directive_id=one.pk, given=terms, at=at).due > at
    else:
        refused("deadline_over", assign, actor=office, directive_id=one.pk, given=terms, at=at)


def test_every_unknown_body_is_named_in_the_refusal(office):
    one = the_directive(a_meeting(), "征用")
    terms = given(lead="NO-1", supports=["TY-FIN", "NO-2", "C-*-NONE"])
    no = refused("unit_unknown", assign, actor=office, directive_id=one.pk, given=terms, at=after(5))
    assert all(code in str(no.why) for code in ("NO-1", "NO-2", "C-*-NONE")) and "TY-FIN" not in str(no.why)


def test_a_reason_stands_in_for_a_measure_and_is_kept_without_blanks(office):
    one = the_directive(a_meeting(), "征用")
    done = assign(actor=office, directive_id=one.pk, given=given(measure="", no_measure=" 以文件为准 "), at=after(5))
    assert (done.measure, done.no_measure) == ("", "以文件为准")


def test_publishing_takes_what_is_confirmed_and_leaves_the_rest_to_follow(office):
    meeting = a_meeting()
    waiting = meeting.directives.count() - 1
    accept(actor=office, directive_id=the_directive(meeting, "征用").pk, at=after(5))
    (first,) = publish(actor=office, meeting_id=meeting.pk, at=after(6))
    accept(actor=office, directive_id=the_directive(meeting, "专门机构").pk, at=after(7))
    (second,) = publish(actor=office, meeting_id=meeting.pk, at=after(8))
    meeting.refresh_from_db()
    assert (first.published_at, second.published_at, meeting.published_at) == (after(6), after(8), after(6))
    assert meeting.directives.filter(state="proposed").count() == waiting - 1


def test_nothing_confirmed_is_nothing_to_publish(office):
    meeting = a_meeting()
    reject(actor=office, directive_id=the_directive(meeting, "征用").pk, at=after(5))
    refused("nothing_confirmed", publish, actor=office, meeting_id=meeting.pk, at=after(6))
    meeting.refresh_from_db()
    assert meeting.published_at is None


@pytest.mark.parametrize("change", [{"text": "x"}, {"state": "rejected"}, {"kind": "stance"}])
def test_the_database_lets_no_published_directive_lose_its_words_kind_or_state(change):
    known = a_published_meeting()
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=known["directive_id"]).update(**change)


def test_the_database_refuses_an_empty_span_and_a_published_directive_without_its_time():
    one = the_directive(a_meeting(), "征用")
    for change in ({"end": one.start}, {"state": "published", "published_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Directive.objects.filter(pk=one.pk).update(**change)


def test_the_lines_of_the_audit_hold_no_words_of_a_directive(office):
    one = the_directive(a_meeting(), "征用")
    edit(actor=office, directive_id=one.pk, at=after(5), **WORDS)
    split(actor=office, directive_id=one.pk, texts=["征用", "酒店"], at=after(6))
    lines = AuditLine.objects.filter(act__startswith="command.directives.", at__gt=MORNING)
    assert [line.act.rsplit(".")[-1] for line in lines.order_by("at")] == ["edit", "split"]
    assert lines.get(act__endswith="split").detail["texts"] == 2
    assert not [line for line in lines if "酒店" in str(line.detail)]
