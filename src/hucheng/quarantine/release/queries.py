"""Who may go, who may not yet and why; releases made; calls owed today."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.quarantine.checks.queries import inside
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.release.conditions import Condition, conditions_of, due_at
from hucheng.quarantine.release.models import FollowUp, Release


@dataclass(frozen=True, slots=True)
class Due:
    """One person of the release list with each condition."""

    stay: Stay
    due: datetime
    conditions: list[Condition]

    @property
    def ready(self) -> bool:
        """Every condition holds."""
        return all(condition.holds for condition in self.conditions)


def due_list(actor: Actor, at: datetime) -> list[Due]:
    """Everybody inside, those whose day has come first, with the conditions of each."""
    stays = list(inside(actor).select_related("arrival__flight", "arrival__person", "room__house"))
    known = conditions_of([stay.arrival for stay in stays], at)
    rows = [Due(stay, due_at(stay.arrival), known[stay.arrival_id]) for stay in stays]
    return sorted(rows, key=lambda row: (not row.ready, row.due, row.stay.room.number))


def releases_seen_by(actor: Actor) -> QuerySet[Release]:
    """Releases made, newest first."""
    return Release.objects.seen_by(actor).select_related("arrival__person", "arrival__flight").order_by("-decided_at")


def release_seen_by(actor: Actor, release_id: UUID) -> Release:
    """This release. Raises Http404 outside the actor's sight."""
    found = releases_seen_by(actor).select_related("decided_by").filter(pk=release_id).first()
    if found is None:
        raise Http404
    return found


def calls_owed(actor: Actor, day: date) -> QuerySet[FollowUp]:
    """Calls owed on a day by the actor's counties, those not made first."""
    rows = FollowUp.objects.seen_by(actor).filter(day=day).select_related("release__arrival__person")
    return rows.order_by(F("reached_at").asc(nulls_first=True), "id")
