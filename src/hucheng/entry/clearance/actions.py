"""The gate: passes for those the last triage allows, and departure with a valid pass only."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome, Risk, Role
from hucheng.engines.papers import PassClaims, sign_pass
from hucheng.entry.clearance.keys import signing_key
from hucheng.entry.clearance.models import Pass
from hucheng.entry.flights.actions import depart_with_pass, flight_to_change
from hucheng.entry.flights.models import Arrival, Whereabouts
from hucheng.entry.triage.judgement import Because, judge_flight

PASS_LIFE = timedelta(hours=12)
"""Short, so that a verifier without a network is never long behind; the wait for the onward flight fits in it."""
GATE = {Role.ENTRY}


@action(by=GATE)
def confirm_places(*, actor: Actor, flight_id: UUID, arrival_ids: Collection[UUID], at: datetime) -> int:
    """Record for whom the capital has confirmed a quarantine place, and judge the flight again."""
    flight = flight_to_change(actor, flight_id)
    people = Arrival.objects.filter(flight=flight, pk__in=arrival_ids)
    confirmed = people.update(place_confirmed=True)
    if confirmed != len(set(arrival_ids)):
        raise Http404
    judged = people.exclude(last_triage=None)
    judge_flight(actor, flight.pk, Because("place", at), at, named=set(judged.values_list("pk", flat=True)))
    return confirmed


@action(by=GATE)
def clear(*, actor: Actor, flight_id: UUID, arrival_ids: Collection[UUID], at: datetime) -> list[Pass]:
    """Issue a signed pass to each of these people of one flight.

    After it: each holds exactly one open pass, bound to the last triage. Refuses the whole list when the last triage
    of one of them does not allow onward travel, when somebody is not in the port, and before landing.
    """
    flight = flight_to_change(actor, flight_id)
    wanted = set(arrival_ids)
    people = Arrival.objects.select_for_update(of=("self",)).filter(flight=flight, pk__in=wanted)
    arrivals = list(people.select_related("person", "last_triage").order_by("pk"))
    if len(arrivals) != len(wanted):
        raise Http404
    kept = [a for a in arrivals if a.outcome != Outcome.ONWARD or a.risk != Risk.LOW]
    if kept:
        raise Refusal(
            "not_judged_onward",
            why=_("The last triage of %(count)d of them does not allow onward travel.") % {"count": len(kept)},
            do=_("Take them off the list; their reasons stand beside their names."),
        )
    if any(a.whereabouts != Whereabouts.PORT for a in arrivals):
        raise Refusal(
            "not_in_the_port",
            why=_("Somebody on the list is not in the port."),
            do=_("Only people in the port can board; look where each of them is."),
        )
    _end_expired(wanted, at)
    holding = set(Pass.objects.filter(arrival_id__in=wanted, revoked_at=None).values_list("arrival_id", flat=True))
    passes = [_issue(actor, arrival, at) for arrival in arrivals if arrival.pk not in holding]
    Pass.objects.bulk_create(passes)
    return passes


@action(by=GATE | {Role.MEDICAL, Role.COMMAND_OFFICE})
def revoke(*, actor: Actor, pass_id: UUID, why: str, at: datetime) -> Pass:
    """Take a pass back by hand. One person may do it: stricter needs one hand, looser needs two."""
    found = Pass.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=pass_id).first()
    if found is None:
        raise Http404
    if found.revoked_at:
        raise Refusal("already_revoked", why=_("The pass was revoked before."), do=_("Open it to see when and why."))
    found.revoked_at, found.revoked_because, found.adverse_fact_at = at, why[:60], at
    found.save(update_fields=["revoked_at", "revoked_because", "adverse_fact_at"])
    return found


@action(by=GATE)
def depart(*, actor: Actor, flight_id: UUID, arrival_ids: Collection[UUID], holder: str, at: datetime) -> int:
    """Record that these people boarded and left. Refuses everybody when one holds no valid pass at this minute."""
    flight = flight_to_change(actor, flight_id)
    wanted = set(arrival_ids)
    arrivals = list(Arrival.objects.select_for_update(of=("self",)).filter(flight=flight, pk__in=wanted).order_by("pk"))
    if len(arrivals) != len(wanted):
        raise Http404
    valid = Pass.objects.filter(arrival_id__in=wanted, revoked_at=None, issued_at__lte=at, expires_at__gt=at)
    without = wanted - set(valid.values_list("arrival_id", flat=True))
    if without or any(a.whereabouts != Whereabouts.PORT for a in arrivals):
        raise Refusal(
            "no_valid_pass",
            why=_("%(count)d of them hold no valid pass or are not in the port.") % {"count": len(without) or 1},
            do=_("Keep them back; ask for a new judgement or a new pass."),
        )
    return depart_with_pass(arrivals, holder, at)


def _end_expired(arrival_ids: Collection[UUID], at: datetime) -> None:
    """An expired pass makes room for a new one."""
    expired = Pass.objects.filter(arrival_id__in=arrival_ids, revoked_at=None, expires_at__lte=at)
    expired.update(revoked_at=at, revoked_because="expired")


def _issue(actor: Actor, arrival: Arrival, at: datetime) -> Pass:
    pass_id, flight, person, triage = uuid4(), arrival.flight, arrival.person, arrival.last_triage
    assert triage is not None, "an outcome comes from a triage: the database holds it"
    claims = PassClaims(
        pass_id=str(pass_id),
        holder=person.full_name,
        document_tail=person.document_tail,
        flight=flight.number,
        origin=flight.port,
        destination=flight.destination,
        issued_at=at,
        expires_at=at + PASS_LIFE,
        rules_version=f"{triage.table} {triage.version}",
        issuer=flight.place,
    )
    return Pass(
        id=pass_id,
        arrival=arrival,
        triage=triage,
        issued_at=at,
        expires_at=at + PASS_LIFE,
        token=sign_pass(claims, signing_key()),
        issued_by_id=actor.user_id,
    )
