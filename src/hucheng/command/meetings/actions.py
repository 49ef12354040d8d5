"""Taking minutes in: the document, the reading, the directives to confirm."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.meetings.models import Attendee, Meeting, Venue
from hucheng.command.meetings.queries import kept_of
from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal, spoken
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.engines import minutes

OFFICE = {Role.COMMAND_OFFICE}
MOST_SIGNS, MOST_DIRECTIVES = 400_000, 1000
"""Far more than the minutes of one meeting hold, and as much as its page can still show."""
NUMBERS = range(1, 10_000)
"""Numbers that a meeting may bear; what is read beyond them is a slip of the document."""


@action(by=OFFICE)
def receive_minutes(*, actor: Actor, name: str, data: bytes, article_date: date | None = None, at: datetime) -> Meeting:
    """Take in a document of a meeting: read it, keep it as it came, propose its directives for a person to confirm.

    article_date  day of publication: it gives the year to days that the text names without one
    Refuses a file that holds no legible text, one that is too long for minutes, a text without a meeting, and a
    meeting that is here already.
    """
    text = _text_of(data, name)
    _refuse_too_long(len(text) > MOST_SIGNS)
    read = minutes.read(text, article_date=article_date)
    _refuse_too_long(len(read.directives) > MOST_DIRECTIVES)
    if not read.directives and read.meeting.number is None:
        raise Refusal(
            "no_meeting",
            why=_("No meeting was found in this text."),
            do=_("Send the minutes or the press report of a meeting: who met, when, and what was demanded."),
        )
    meeting = _keep(actor, name, text, read, article_date, at)
    _keep_people(meeting, read)
    _propose(actor, meeting, read, at)
    return meeting


@action(by=OFFICE)
def discard_meeting(*, actor: Actor, meeting_id: UUID, at: datetime) -> Meeting:
    """Put unpublished minutes aside, so that a better copy of the document can be taken in."""
    meeting = _unpublished(actor, meeting_id)
    meeting.discarded_at = at
    meeting.save(update_fields=["discarded_at"])
    return meeting


@action(by=OFFICE)
def take_back_repair(*, actor: Actor, meeting_id: UUID, number: int, at: datetime) -> Meeting:
    """Take one repair of unpublished minutes back; `number` counts `edits` from 1.

    After it: the text has there what the document had, and every directive stands at its place in the new text; one
    that nobody has reworded says what now stands there.
    Refuses: published minutes; a repair that is not there any more.
    """
    meeting = _unpublished(actor, meeting_id)
    before = minutes.clean(meeting.original, kept=kept_of(meeting))
    edit = _edit_of(meeting, number, before)
    after = minutes.undo(meeting.original, before, edit)
    _move_directives(meeting, before, after, actor, at)
    meeting.clean_text, meeting.edits = after.text, [_as_row(one) for one in after.edits]
    meeting.kept = [{"kind": one.kind.value, "start": one.start, "end": one.end} for one in after.kept]
    meeting.save(update_fields=["clean_text", "edits", "kept"])
    return meeting


def _unpublished(actor: Actor, meeting_id: UUID) -> Meeting:
    """A meeting in sight, locked, none of whose directives is published yet. Raises Http404."""
    meeting = Meeting.objects.seen_by(actor).select_for_update().filter(pk=meeting_id, discarded_at=None).first()
    if meeting is None:
        raise Http404
    if meeting.published_at:
        raise Refusal(
            "already_published",
            why=_("Directives of this meeting are published."),
            do=_("Correct them one by one; what was published stays on record."),
        )
    return meeting


def _edit_of(meeting: Meeting, number: int, cleaned: minutes.Cleaned) -> minutes.Edit:
    row = meeting.edits[number - 1] if 0 < number <= len(meeting.edits) else None
    found = next((one for one in cleaned.edits if _as_row(one) == row), None)
    if found is None:
        raise Refusal(
            "repair_unknown",
            why=_("This repair is not there any more."),
            do=_("Open the page again and choose one of the list."),
        )
    return found


def _move_directives(
    meeting: Meeting, before: minutes.Cleaned, after: minutes.Cleaned, actor: Actor, at: datetime
) -> None:
    """Put the span of each directive where it now stands, and its text where nobody has changed it."""
    changes = []
    for one in meeting.directives.select_for_update():
        read, start, end = before.text[one.start : one.end], one.start, one.end
        one.start, one.end = (minutes.moved(place, before, after) for place in (start, end))
        said = after.text[one.start : one.end]
        if one.text == read and said != read:
            one.text = said
            changes.append(_change(one, actor, at, DirectiveChange.Act.EDITED, {"text": read}, {"text": said}))
        one.save(update_fields=["start", "end", "text"])
    DirectiveChange.objects.bulk_create(changes)


def _change(
    one: Directive, actor: Actor, at: datetime, act: DirectiveChange.Act, before: dict[str, str], after: dict[str, str]
) -> DirectiveChange:
    return DirectiveChange(directive=one, at=at, by_id=actor.user_id, act=act, before=before, after=after)


def _text_of(data: bytes, name: str) -> str:
    try:
        return minutes.read_file(data, name)
    except minutes.DocumentUnreadable as no:
        raise Refusal("document_unreadable", why=spoken(no.why), do=spoken(no.do)) from no


def _refuse_too_long(too_long: bool) -> None:
    if too_long:
        raise Refusal(
            "document_too_long",
            why=_("The text holds far more than the minutes of one meeting."),
            do=_("Send the minutes of one meeting, without annexes."),
        )


def _keep(
    actor: Actor, name: str, text: str, read: minutes.Minutes, article_date: date | None, at: datetime
) -> Meeting:
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = read.meeting
    body, number = (head.body or "")[:80], head.number if head.number in NUMBERS else None
    here = Meeting.objects.filter(place=actor.place, discarded_at=None)
    if here.filter(digest=digest).exists():
        raise Refusal(
            "document_known", why=_("This document is here already."), do=_("Open it in the list of meetings.")
        )
    if number and here.filter(body=body, number=number).exists():
        raise Refusal(
            "meeting_known",
            why=_("Meeting number %(number)d is here already, from another document.") % {"number": number},
            do=_("Open it; to use this document instead, discard the other one first."),
        )
    return Meeting.objects.create(
        place=actor.place,
        body=body,
        number=number,
        held_on=head.date,
        form=(head.form or "")[:30],
        document=name[-120:],
        digest=digest,
        article_date=article_date,
        original=text,
        clean_text=read.clean_text,
        edits=[_as_row(edit) for edit in read.cleaned.edits],
        warnings=[[warning.zh, warning.en] for warning in read.warnings],
        received_at=at,
        received_by_id=actor.user_id,
    )


def _as_row(edit: minutes.Edit) -> dict[str, object]:
    """The fields of a repair that the page needs, as JSON."""
    return {
        "kind": edit.kind.value,
        "start": edit.start,
        "end": edit.end,
        "before": edit.before,
        "after": edit.after,
        "clean_start": edit.clean_start,
        "clean_end": edit.clean_end,
        "certain": edit.certain,
    }


def _keep_people(meeting: Meeting, read: minutes.Minutes) -> None:
    Attendee.objects.bulk_create(
        Attendee(
            meeting=meeting,
            number=number,
            name=(one.name or "")[:60],
            role=one.role[:200],
            venue=(one.venue or "")[:60],
            function=one.function.value,
        )
        for number, one in enumerate(read.attendees, start=1)
    )
    Venue.objects.bulk_create(Venue(meeting=meeting, kind=one.kind, name=one.name[:60]) for one in read.venues)


def _propose(actor: Actor, meeting: Meeting, read: minutes.Minutes, at: datetime) -> None:
    proposed = Directive.objects.bulk_create(
        Directive(
            meeting=meeting,
            number=one.id,
            text=one.text_clean,
            start=one.start,
            end=one.end,
            kind=one.kind.value,
            theme=one.theme.value,
            modality=one.modality.value,
            measurable=one.measurable,
            actors=list(one.actors),
            deadline_words=(one.deadline or "")[:60],
            why_zh=one.why.zh,
            why_en=one.why.en,
        )
        for one in read.directives
    )
    DirectiveChange.objects.bulk_create(
        _change(one, actor, at, DirectiveChange.Act.READ, {}, {"text": one.text}) for one in proposed
    )
