"""What a person does with a directive that was read: confirm, correct, split, merge, assign, publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.changes import alter
from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.directives.units import check_units, refuse_units
from hucheng.command.meetings.models import Meeting
from hucheng.command.tasks.give import give_tasks
from hucheng.core.audit.action import action
from hucheng.core.measures import MEASURES
from hucheng.core.places.models import Organisation
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role, Theme

OFFICE = {Role.COMMAND_OFFICE}
NEAR = 3
"""Two spans with at most so many signs between them (a comma, a pair of quotes) are one passage when merged."""
Act = DirectiveChange.Act
State = Directive.State


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who, by when, judged by what. Either a measure of the catalogue or a written reason for none.

    supports  codes of organisations, or a pattern such as C-*-LG for that body in every county
    target    None takes the city's target of the measure
    """

    lead: str
    due: datetime
    supports: Sequence[str] = ()
    measure: str = ""
    target: float | None = None
    no_measure: str = ""
    clause: int | None = None


@action(by=OFFICE)
def accept(*, actor: Actor, directive_id: UUID, at: datetime) -> Directive:
    """Confirm that this is a directive; one that was set aside comes back."""
    directive = _open(actor, directive_id, State.PROPOSED, State.REJECTED)
    alter(directive, Act.ACCEPTED, actor=actor, at=at, state=State.ACCEPTED)
    return directive


@action(by=OFFICE)
def reject(*, actor: Actor, directive_id: UUID, at: datetime) -> Directive:
    """Set a passage aside that is no directive; it stays visible and can be taken back."""
    directive = _open(actor, directive_id, State.PROPOSED, State.ACCEPTED)
    alter(directive, Act.REJECTED, actor=actor, at=at, state=State.REJECTED)
    return directive


@action(by=OFFICE)
def edit(*, actor: Actor, directive_id: UUID, text: str, kind: Directive.Kind, theme: Theme, at: datetime) -> Directive:
    """Correct wording, kind or theme before publishing. The place in the minutes stays."""
    directive = _open(actor, directive_id, State.PROPOSED, State.ACCEPTED)
    if not text.strip():
        raise Refusal(
            "directive_empty", why=_("A directive needs words."), do=_("Write them, or mark it as not a directive.")
        )
    alter(directive, Act.EDITED, actor=actor, at=at, text=text.strip(), kind=kind, theme=theme)
    return directive


@action(by=OFFICE)
def split(*, actor: Actor, directive_id: UUID, texts: Sequence[str], at: datetime) -> list[Directive]:
    """Split one directive into several, each a passage of its text in the same order; each waits to be confirmed."""
    directive = _open(actor, directive_id, State.PROPOSED, State.ACCEPTED)
    spans = _passages(directive.text, [text.strip() for text in texts if text.strip()])
    alter(directive, Act.SPLIT, actor=actor, at=at, state=State.SPLIT)
    parts = []
    last = directive.meeting.directives.filter(number=directive.number).aggregate(last=Max("part"))["last"]
    whole = _verbatim(directive)
    for place, (start, end) in enumerate(spans, start=1):
        parts.append(
            Directive.objects.create(
                meeting=directive.meeting,
                number=directive.number,
                part=last + place,
                text=directive.text[start:end],
                start=directive.start + start if whole else directive.start,
                end=directive.start + end if whole else directive.end,
                kind=directive.kind,
                theme=directive.theme,
                modality=directive.modality,
                measurable=directive.measurable,
                actors=directive.actors,
                why_zh=directive.why_zh,
                why_en=directive.why_en,
                origin=directive,
            )
        )
        DirectiveChange.objects.create(
            directive=parts[-1], at=at, by_id=actor.user_id, act=Act.SPLIT, after={"text": parts[-1].text}
        )
    return parts


@action(by=OFFICE)
def merge(*, actor: Actor, directive_id: UUID, other_id: UUID, at: datetime) -> Directive:
    """Take another directive of the same meeting into this one; the other stays on record as merged.

    Neighbours become the passage that holds both, unless a person has corrected the words of one.
    """
    directive = _open(actor, directive_id, State.PROPOSED, State.ACCEPTED)
    other = _open(actor, other_id, State.PROPOSED, State.ACCEPTED)
    if other.pk == directive.pk or other.meeting_id != directive.meeting_id:
        raise Refusal(
            "cannot_merge",
            why=_("Only two different directives of one meeting can be merged."),
            do=_("Choose another directive of this meeting."),
        )
    first, second = sorted((directive, other), key=lambda one: one.start)
    near = first.end <= second.start <= first.end + NEAR
    whole = near and _verbatim(first) and _verbatim(second)
    text = directive.meeting.clean_text[first.start : second.end] if whole else f"{first.text}；{second.text}"
    alter(other, Act.MERGED, actor=actor, at=at, state=State.MERGED, merged_into=directive)
    span = {"start": first.start, "end": second.end} if near else {}
    alter(directive, Act.MERGED, actor=actor, at=at, text=text, **span)
    return directive


@action(by=OFFICE)
def assign(*, actor: Actor, directive_id: UUID, given: Assignment, at: datetime) -> Directive:
    """Give a directive its owner, deadline and measure, and confirm it; a published one gets its tasks at once.

    Refuses an unknown body, a deadline that is over, and an assignment with neither measure nor reason.
    """
    directive = _open(actor, directive_id, State.PROPOSED, State.ACCEPTED, State.PUBLISHED)
    _check(given, at)
    state = directive.state if directive.state == State.PUBLISHED else State.ACCEPTED
    alter(
        directive,
        Act.ASSIGNED,
        actor=actor,
        at=at,
        state=state,
        lead=Organisation.objects.get(code=given.lead),
        supports=list(given.supports),
        due=given.due,
        measure=given.measure,
        target=given.target,
        no_measure=given.no_measure.strip(),
        clause=given.clause,
        assigned_at=at,
    )
    if directive.state == State.PUBLISHED:
        give_tasks(directive, at)
    return directive


@action(by=OFFICE | {Role.LEADING_GROUP})
def publish(*, actor: Actor, meeting_id: UUID, at: datetime) -> list[Directive]:
    """Publish every confirmed directive of a meeting; those that are assigned become tasks. Gives them.

    Refuses when nothing is confirmed. What is still to confirm can follow later.
    """
    meeting = Meeting.objects.seen_by(actor).select_for_update().filter(pk=meeting_id, discarded_at=None).first()
    if meeting is None:
        raise Http404
    ready = list(meeting.directives.filter(state=State.ACCEPTED).order_by("number", "part"))
    if not ready:
        raise Refusal(
            "nothing_confirmed",
            why=_("No directive of this meeting is confirmed and unpublished."),
            do=_("Confirm the directives in the list first."),
        )
    for directive in ready:
        alter(directive, Act.PUBLISHED, actor=actor, at=at, state=State.PUBLISHED, published_at=at)
        if directive.assigned_at:
            give_tasks(directive, at)
    if not meeting.published_at:
        meeting.published_at = at
        meeting.save(update_fields=["published_at"])
    return ready


def _open(actor: Actor, directive_id: UUID, *states: Directive.State) -> Directive:
    rows = Directive.objects.seen_by(actor).filter(pk=directive_id, meeting__discarded_at=None)
    directive = rows.select_related("meeting", "lead").select_for_update(of=("self",)).first()
    if directive is None:
        raise Http404
    if directive.state not in states:
        raise Refusal(
            "directive_not_open",
            why=_("This directive stands as “%(state)s”.") % {"state": directive.get_state_display()},
            do=_("What is published, split or merged stays on record; work on the directive that followed from it."),
        )
    return directive


def _verbatim(directive: Directive) -> bool:
    """Whether its words are still those of the minutes."""
    return directive.meeting.clean_text[directive.start : directive.end] == directive.text


def _check(given: Assignment, at: datetime) -> None:
    check_units((given.lead, *given.supports))
    refuse_units([given.lead] if "*" in given.lead else [])
    if given.due <= at:
        raise Refusal("deadline_over", why=_("The deadline is over already."), do=_("Choose a time to come."))
    if given.measure and given.measure not in MEASURES:
        raise Refusal("measure_unknown", why=_("No such measure."), do=_("Choose one of the list."))
    if not given.measure and not given.no_measure.strip():
        raise Refusal(
            "no_measure_no_reason",
            why=_("A directive is judged by a measure, or says why it has none."),
            do=_("Choose a measure or write the reason."),
        )


def _passages(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    spans, start = [], 0
    for part in parts:
        found = text.find(part, start)
        if found < 0:
            break
        start = found + len(part)
        spans.append((found, start))
    if len(spans) < 2 or len(spans) < len(parts):
        raise Refusal(
            "cannot_split",
            why=_("Each part must be a passage of the text, in the same order, and there must be at least two."),
            do=_("Put each part on its own line, in the words of the text; edit a part afterwards if needed."),
        )
    return spans
