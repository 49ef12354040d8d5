"""Passes as the gate needs them."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404

from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.models import Arrival, Flight, Whereabouts


def cleared_by_triage(actor: Actor, flight_id: UUID) -> list[UUID]:
    """People of a flight in the port whom the last triage lets travel on."""
    rows = Arrival.objects.seen_by(actor).filter(flight_id=flight_id, outcome=Outcome.ONWARD)
    return list(rows.filter(whereabouts=Whereabouts.PORT).values_list("pk", flat=True))


def with_valid_pass(actor: Actor, flight_id: UUID, at: datetime) -> list[UUID]:
    """People of a flight in the port who hold a pass that is valid at this minute."""
    rows = Pass.objects.seen_by(actor).filter(revoked_at=None, expires_at__gt=at, arrival__flight_id=flight_id)
    return list(rows.filter(arrival__whereabouts=Whereabouts.PORT).values_list("arrival_id", flat=True))


def latest_passes(actor: Actor) -> QuerySet[Pass]:
    """Passes issued, open ones first, then those revoked last, with person and flight."""
    rows = Pass.objects.seen_by(actor).select_related("arrival__person", "arrival__flight")
    return rows.order_by(F("revoked_at").desc(nulls_first=True), "-issued_at", "id")[:300]


def passes_of_flight(actor: Actor, flight: Flight) -> QuerySet[Pass]:
    """Passes of one flight's people, the latest first."""
    return Pass.objects.seen_by(actor).filter(arrival__flight=flight).order_by("-issued_at", "id")


def pass_seen_by(actor: Actor, pass_id: UUID) -> Pass:
    """One pass with person, flight and triage. Raises Http404 outside the actor's sight."""
    rows = Pass.objects.seen_by(actor).select_related("arrival__person", "arrival__flight", "triage")
    found = rows.filter(pk=pass_id).first()
    if found is None:
        raise Http404
    return found


def open_pass_of(arrival: Arrival, at: datetime) -> Pass | None:
    """The valid pass of one person at this minute."""
    return arrival.passes.filter(revoked_at=None, expires_at__gt=at).first()


def live_ids(at: datetime) -> frozenset[str]:
    """Every pass that has not expired, revoked or not."""
    return frozenset(str(pk) for pk in Pass.objects.filter(expires_at__gt=at).values_list("pk", flat=True))


def revoked_ids(at: datetime) -> frozenset[str]:
    """Passes revoked that have not expired: an expired one fails by itself."""
    alive = Pass.objects.filter(revoked_at__isnull=False, expires_at__gt=at)
    return frozenset(str(pk) for pk in alive.values_list("pk", flat=True))
