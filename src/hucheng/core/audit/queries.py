"""Reading the lines: what was done to a row, and who looked at a person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.scope.actor import Actor


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a person's record, as the person may see it: a role, a purpose, a time."""

    at: datetime
    role: str
    purpose: str


def looks_at(person_id: UUID) -> list[Look]:
    """Who looked at this person's record, newest first; names of staff stay out."""
    rows = ReadTrace.objects.filter(person_id=person_id).order_by("-at")
    return [Look(at=row.at, role=row.get_role_display(), purpose=row.purpose) for row in rows]


def lines_seen_by(actor: Actor, act: str = "") -> "list[AuditLine]":
    """The latest 200 audit lines within the actor's place, newest first, of acts that begin with `act`."""
    rows = AuditLine.objects.filter(place__gte=actor.first_place, place__lt=actor.next_place)
    return list(rows.filter(act__startswith=act).order_by("-at", "-id")[:200])


def last_act_at() -> datetime | None:
    """The time of the latest act, done or refused; None where nobody has acted yet."""
    latest: datetime | None = AuditLine.objects.aggregate(latest=Max("at"))["latest"]
    return latest
