"""Letting people go, and the calls behind it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Destination, Risk, Role
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.actions import end_stay
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.release.conditions import conditions_of, negative_tests
from hucheng.quarantine.release.models import FollowUp, Release

CALLS = 14
"""Days of follow-up after release, by the receiving county (scenario `followup`)."""


@dataclass(frozen=True, slots=True)
class Released:
    """Who went, and who stays with the refusal that says why."""

    done: list[Release]
    kept: list[tuple[UUID, Refusal]]


@action(by={Role.QUARANTINE})
def release(*, actor: Actor, stay_id: UUID, to: Destination, county: str = "", receiver: str, at: datetime) -> Release:
    """Let one person go from quarantine.

    After it: no stay is open, the room waits for disinfection, one Release exists, the receiver holds the person and
    the county owes its calls. Refuses while a condition does not hold, a high-risk contact bound for the capital
    before the days are over, and a second release.
    """
    stay = Stay.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=stay_id).first()
    if stay is None:
        raise Http404
    (arrival,) = entry.held(SYSTEM, [stay.arrival_id])
    if stay.ended_at or Release.objects.filter(arrival=arrival).exists():
        raise Refusal(
            "already_released", why=_("This person has already left."), do=_("Open the release to see who decided it.")
        )
    if arrival.risk == Risk.HIGH and to == Destination.CAPITAL:
        raise Refusal(
            "high_risk_to_capital",
            why=_("This person is judged high risk and may not travel on to the capital."),
            do=_("Keep the room and ask the medical group for a new judgement."),
        )
    open_ones = [c for c in conditions_of([arrival], at)[arrival.pk] if not c.holds]
    if open_ones:
        raise Refusal(
            "conditions_open",
            why=_("Not yet: %(words)s.") % {"words": "; ".join(str(c.word) for c in open_ones)},
            do=_("The room stays; the list shows the day on which each condition can hold."),
        )
    done = Release.objects.create(
        arrival=arrival,
        place=stay.place,
        house=stay.room.house.code,
        destination=to,
        county=county,
        risk=arrival.risk,
        since=stay.admitted_at or stay.assigned_at,
        tests=", ".join(f"{t.astimezone(SHANGHAI):%m-%d}" for t in negative_tests(arrival, at))[:120],
        decided_by_id=actor.user_id,
        decided_at=at,
    )
    end_stay(stay, at)
    entry.let_out(actor=SYSTEM, arrival_id=arrival.pk, holder=receiver, at=at)
    _owe_calls(done, county, at)
    return done


@action(by={Role.QUARANTINE})
def release_all(
    *, actor: Actor, stay_ids: Collection[UUID], to: Destination, county: str = "", receiver: str, at: datetime
) -> Released:
    """Let several people go to the same place; whoever does not meet a condition stays and is named with why.

    Refuses an empty list. Raises Http404 for a stay out of sight, and then nobody goes.
    """
    if not stay_ids:
        raise Refusal("nobody_chosen", why=_("Nobody is chosen."), do=_("Tick the people who go to the same place."))
    done, kept = [], []
    for stay_id in stay_ids:
        try:
            done.append(release(actor=actor, stay_id=stay_id, to=to, county=county, receiver=receiver, at=at))
        except Refusal as no:
            kept.append((stay_id, no))
    return Released(done, kept)


@action(by={Role.COUNTY, Role.QUARANTINE})
def record_call(*, actor: Actor, follow_up_id: UUID, symptoms: tuple[str, ...], at: datetime) -> FollowUp:
    """Record that somebody was reached and which symptoms they have; any leads to a new triage at once.

    Refuses a call of a day that has not come: fourteen calls are not made on the first.
    """
    call = FollowUp.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=follow_up_id).first()
    if call is None:
        raise Http404
    if call.day > at.astimezone(SHANGHAI).date():
        raise Refusal("call_not_due", why=_("The day of this call has not come."), do=_("Call again on its day."))
    call.reached_at, call.well = at, not symptoms
    call.save(update_fields=["reached_at", "well"])
    if symptoms:
        person, told = call.release.arrival_id, ";".join(sorted(symptoms))
        fact = entry.FactIn(person, entry.Fact.Kind.SYMPTOMS, told, at, "follow-up call")
        entry.record_facts(actor=SYSTEM, facts=[fact], at=at)
    return call


def _owe_calls(done: Release, county: str, at: datetime) -> None:
    if not county:
        return
    day = at.astimezone(SHANGHAI).date()
    FollowUp.objects.bulk_create(
        FollowUp(release=done, place=county, day=day + timedelta(days=n)) for n in range(1, CALLS + 1)
    )
