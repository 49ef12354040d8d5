"""Taking a sheet of directives in: kept as it came first, then, once looked at, made into directives."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.actions import Assignment, assign
from hucheng.command.directives.models import Directive, DirectiveChange
from hucheng.command.lists.models import DirectiveList
from hucheng.command.lists.queries import rows_to_look_at
from hucheng.command.lists.reading import ListRow, rows_of
from hucheng.command.meetings.models import Meeting
from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role

OFFICE = {Role.COMMAND_OFFICE}


@action(by=OFFICE)
def receive_list(*, actor: Actor, name: str, data: bytes, held_on: date, at: datetime) -> DirectiveList:
    """Keep a sheet of directives with every row that says something; nothing becomes a directive yet.

    Refuses what `rows_of` refuses, and a file that is here already for this day.
    """
    rows, digest = rows_of(data, held_on), hashlib.sha256(data).hexdigest()
    if DirectiveList.objects.filter(place=actor.place, sha256=digest, held_on=held_on).exists():
        raise Refusal(
            "list_known", why=_("This list is here already."), do=_("Open it below and go on where it was left.")
        )
    return DirectiveList.objects.create(
        place=actor.place,
        name=name[-120:],
        sha256=digest,
        held_on=held_on,
        cells=rows,
        received_at=at,
        received_by_id=actor.user_id,
    )


@action(by=OFFICE)
def take_list(*, actor: Actor, list_id: UUID, units: Mapping[int, str], at: datetime) -> DirectiveList:
    """Make a directive of every row without fault; the others stay on the list with what is to mend.

    units  what a person wrote for the lead of a row, by its line
    After it: those with lead, deadline and measure or reason are confirmed and assigned, the others wait for a person;
    nothing is published yet.
    Refuses a list that was taken in before, a lead written by hand that no body bears, a list without good rows.
    """
    one = DirectiveList.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=list_id).first()
    if one is None:
        raise Http404
    if one.taken_at:
        raise Refusal(
            "list_taken",
            why=_("This list was taken in already."),
            do=_("Mend the rows that are left in the file to mend and send that one."),
        )
    rows = rows_to_look_at(one, at, units)
    _refuse_wrong_units(rows, units)
    good = [row for row in rows if not row.faults]
    if not good:
        raise Refusal(
            "list_nothing_to_take",
            why=_("Every row of this list is to mend."),
            do=_("Mend the rows in the file to mend and send it again."),
        )
    one.meeting = _meeting(actor, one, good, at)
    _directives(actor, one.meeting, good, at)
    one.taken, one.taken_at, one.taken_by_id = [row.line for row in good], at, actor.user_id
    one.save(update_fields=["meeting", "taken", "taken_at", "taken_by"])
    return one


def _refuse_wrong_units(rows: Sequence[ListRow], units: Mapping[int, str]) -> None:
    by_hand = [row for row in rows if row.line in units and units[row.line].strip() != row.written.strip()]
    wrong = [str(row.line) for row in by_hand if any(fault.field == "unit" for fault in row.faults)]
    if wrong:
        raise Refusal(
            "list_unit_unknown",
            why=_("No single body is named by the lead of these lines: %(lines)s.") % {"lines": ", ".join(wrong)},
            do=_("Choose one of the list, or empty the field to decide later."),
        )


def _meeting(actor: Actor, one: DirectiveList, good: Sequence[ListRow], at: datetime) -> Meeting:
    """The record under which the directives stand, as those of minutes do under theirs; its text is their texts."""
    text = "\n".join(row.text for row in good)
    return Meeting.objects.create(
        place=one.place,
        held_on=one.held_on,
        document=one.name,
        digest=hashlib.sha256(f"{one.pk}\n{text}".encode()).hexdigest(),
        original=text,
        clean_text=text,
        received_at=at,
        received_by_id=actor.user_id,
    )


def _directives(actor: Actor, meeting: Meeting, good: Sequence[ListRow], at: datetime) -> None:
    made, start = [], 0
    for number, row in enumerate(good, start=1):
        made.append(_directive(meeting, number, start, row))
        start += len(row.text) + 1
    Directive.objects.bulk_create(made)
    DirectiveChange.objects.bulk_create(
        DirectiveChange(
            directive=one, at=at, by_id=actor.user_id, act=DirectiveChange.Act.READ, before={}, after={"text": one.text}
        )
        for one in made
    )
    for one, row in zip(made, good, strict=True):
        if row.is_whole and row.due:
            given = Assignment(
                row.unit,
                row.due,
                row.supports,
                row.measure,
                None,
                row.no_measure if not row.measure else "",
                row.clause,
            )
            assign(actor=actor, directive_id=one.pk, given=given, at=at)


def _directive(meeting: Meeting, number: int, start: int, row: ListRow) -> Directive:
    return Directive(
        meeting=meeting,
        number=number,
        text=row.text,
        start=start,
        end=start + len(row.text),
        kind=row.read.get("kind", Directive.Kind.ACTION),
        theme=row.theme,
        modality=row.read.get("modality", Directive.Modality.MUST),
        measurable=row.read.get("measurable", False),
        actors=row.read.get("actors", []),
        lead_id=row.unit or None,
        supports=list(row.supports),
        due=row.due,
        measure=row.measure,
        no_measure=row.no_measure if not row.measure else "",
        why_zh="来自清单。",
        why_en="From a list.",
    )
