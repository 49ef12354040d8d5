"""Planning patrols and proving them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.stability.patrols.models import Patrol, PatrolProof

WALKERS = {Role.COUNTY, Role.DEPARTMENT}


@dataclass(frozen=True, slots=True)
class PatrolIn:
    """A checkpoint or route, and by when it must have been seen."""

    checkpoint: str
    due: datetime
    route: str = ""


@dataclass(frozen=True, slots=True)
class ProofIn:
    """Which team made a patrol, and when."""

    patrol_id: UUID
    team: str
    done_at: datetime
    seen: str = ""


@action(by=WALKERS)
def plan_patrols(*, actor: Actor, place: str, patrols: Sequence[PatrolIn], at: datetime) -> list[Patrol]:
    """Plan patrols of a county; one that is planned already stays as it is. Gives the new ones.

    Refuses a time that is over and a patrol without a checkpoint. A place that is no county in sight is not found.
    """
    if place not in {county.code for county in counties_of(actor.place)}:
        raise Http404
    if any(one.due <= at for one in patrols):
        raise Refusal("patrol_in_the_past", why=_("A patrol is due in the past."), do=_("Choose a time to come."))
    if any(not one.checkpoint.strip() for one in patrols):
        raise Refusal(
            "no_checkpoint",
            why=_("A patrol names no checkpoint."),
            do=_("Write the number of the checkpoint or route."),
        )
    due = {one.due for one in patrols}
    known = set(Patrol.objects.filter(place=place, due__in=due).values_list("checkpoint", "due"))
    wanted = {(one.checkpoint.strip(), one.due): one for one in patrols}
    rows = [
        Patrol(
            place=place,
            day=one.due.astimezone(SHANGHAI).date(),
            checkpoint=checkpoint,
            route=one.route.strip(),
            due=one.due,
            planned_by_id=actor.user_id,
            planned_at=at,
        )
        for (checkpoint, _due), one in wanted.items()
        if (checkpoint, one.due) not in known
    ]
    return Patrol.objects.bulk_create(rows)


@action(by=WALKERS)
def prove_patrols(*, actor: Actor, proofs: Sequence[ProofIn], at: datetime) -> list[PatrolProof]:
    """Prove patrols; a late proof ends the alarm and stays late.

    Refuses a time to come or of another day, a proof without a team, and a second proof of a patrol.
    """
    ids = {one.patrol_id for one in proofs}
    patrols = {row.pk: row for row in Patrol.objects.seen_by(actor).filter(pk__in=ids).select_for_update()}
    if ids - set(patrols):
        raise Http404
    if len(ids) < len(proofs) or PatrolProof.objects.filter(patrol__in=ids).exists():
        raise Refusal(
            "patrol_proven", why=_("A patrol of the list is proven already."), do=_("Open it to see by which team.")
        )
    return PatrolProof.objects.bulk_create([_proof(actor, one, patrols[one.patrol_id], at) for one in proofs])


def _proof(actor: Actor, one: ProofIn, patrol: Patrol, at: datetime) -> PatrolProof:
    if one.done_at > at or one.done_at.astimezone(SHANGHAI).date() != patrol.day:
        raise Refusal(
            "patrol_time_wrong",
            why=_("A patrol is made on its day and proven afterwards."),
            do=_("Check the time at which the team was at the checkpoint."),
        )
    if not one.team.strip():
        raise Refusal("no_team", why=_("The proof names no team."), do=_("Write which team made the patrol."))
    return PatrolProof(
        patrol=patrol,
        team=one.team.strip()[:60],
        done_at=one.done_at,
        seen=one.seen.strip()[:300],
        reported_by_id=actor.user_id,
        reported_at=at,
    )
