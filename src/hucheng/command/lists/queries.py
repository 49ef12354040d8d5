"""Lists of directives in sight, and their rows as they would be taken in now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.http import Http404

from hucheng.command.directives.models import Directive
from hucheng.command.lists.columns import COLUMNS
from hucheng.command.lists.models import DirectiveList
from hucheng.command.lists.reading import ListRow, judge
from hucheng.core.places.queries import organisations
from hucheng.core.scope.actor import Actor

SHOWN = 100
GONE = (Directive.State.REJECTED, Directive.State.SPLIT, Directive.State.MERGED)


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list with how many rows it has and how many became directives."""

    list: DirectiveList
    rows: int
    taken: int


def lists_seen_by(actor: Actor) -> list[ListLine]:
    """The latest hundred lists in sight."""
    rows = DirectiveList.objects.seen_by(actor).order_by("-received_at")[:SHOWN]
    return [ListLine(one, len(one.cells), len(one.taken)) for one in rows]


def list_seen_by(actor: Actor, list_id: UUID) -> DirectiveList:
    """One list in sight. Raises Http404."""
    found = DirectiveList.objects.seen_by(actor).select_related("meeting").filter(pk=list_id).first()
    if found is None:
        raise Http404
    return found


def rows_to_look_at(one: DirectiveList, at: datetime, units: Mapping[int, str] = MappingProxyType({})) -> list[ListRow]:
    """The rows that are not taken yet, each with what it would become and its faults."""
    waiting = [row for row in one.cells if row["line"] not in one.taken]
    return judge(waiting, one.held_on, at, organisations(), _on_record(one.place), units)


def to_mend(one: DirectiveList, at: datetime) -> list[dict[str, str]]:
    """The rows with faults as they came, under the heads of the template, with what is wrong in a column more."""
    told = {row.line: row.faults for row in rows_to_look_at(one, at) if row.faults or one.taken_at}
    return [
        {column.head: row["cells"][column.field] for column in COLUMNS}
        | {"!": " ".join(f"{fault.why} {fault.do}" for fault in told[row["line"]])}
        for row in one.cells
        if row["line"] in told
    ]


def _on_record(place: str) -> dict[str, str]:
    rows = Directive.objects.filter(meeting__place=place, meeting__discarded_at=None).exclude(state__in=GONE)
    light = rows.select_related("meeting").defer("meeting__original", "meeting__clean_text", "meeting__edits")
    return {row.text: row.source for row in light}
