"""Houses with their rooms and papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import Certificate, House


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One house: rooms by state, papers in order, people inside."""

    house: House
    rooms: int
    free: int
    taken: int
    dirty: int
    people: int
    papers: int


def houses_seen_by(actor: Actor, at: datetime) -> list[HouseLine]:
    """Houses by code with what can be filled; a number of queries that does not grow."""
    today = at.astimezone(SHANGHAI).date()
    states = {state.value: Count("rooms", filter=Q(rooms__state=state), distinct=True) for state in Room.State}
    rows = House.objects.seen_by(actor).order_by("code")
    counted = {row["pk"]: row for row in rows.values("pk").annotate(total=Count("rooms", distinct=True), **states)}
    inside = Stay.objects.seen_by(actor).filter(ended_at=None)
    people = dict(inside.values_list("room__house").annotate(n=Count("pk")))
    good = Certificate.objects.seen_by(actor).filter(valid_until__gte=today, second_check__isnull=False)
    papers = dict(good.values_list("house").annotate(n=Count("kind", distinct=True)))
    return [_line(h, counted[h.pk], people.get(h.pk, 0), papers.get(h.pk, 0)) for h in rows]


def house_seen_by(actor: Actor, house_id: UUID) -> House:
    """This house. Raises Http404 outside the actor's sight."""
    house = House.objects.seen_by(actor).filter(pk=house_id).first()
    if house is None:
        raise Http404
    return house


def _line(house: House, counted: Mapping[str, Any], people: int, papers: int) -> HouseLine:
    return HouseLine(
        house, counted["total"], counted["free"], counted["taken"], counted["dirty"], people=people, papers=papers
    )
