"""Turning the watch of a country on and off; noting where flights come from."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.situation.countries.atlas import airports, countries
from hucheng.situation.origins.models import Origin, Watch

KEEPERS = {Role.DEPARTMENT, Role.COMMAND_OFFICE}


@action(by=KEEPERS)
def watch(*, actor: Actor, country: str, reason: str, at: datetime) -> Watch:
    """Put a country on the watch list from today. Refuses an unknown one, one watched already, and no reason."""
    if country not in countries():
        raise Refusal("country_unknown", why=_("No country has this code."), do=_("Choose one of the list."))
    _refuse_empty(reason)
    if Watch.objects.filter(place=actor.place, country=country, ended_at=None).exists():
        raise Refusal(
            "watched_already", why=_("This country is watched already."), do=_("Its line says since when and why.")
        )
    today = at.astimezone(SHANGHAI).date()
    return Watch.objects.create(
        place=actor.place,
        country=country,
        reason=reason.strip()[:200],
        since=today,
        watched_at=at,
        watched_by_id=actor.user_id,
    )


@action(by=KEEPERS)
def end_watch(*, actor: Actor, watch_id: UUID, why: str, at: datetime) -> Watch:
    """Take a country off the watch list today; its watch stays on record. Refuses without a reason."""
    found = Watch.objects.seen_by(actor).select_for_update().filter(pk=watch_id, ended_at=None).first()
    if found is None:
        raise Http404
    _refuse_empty(why)
    found.until, found.ended_at = at.astimezone(SHANGHAI).date(), at
    found.ended_by_id, found.why_ended = actor.user_id, why.strip()[:200]
    found.save(update_fields=["until", "ended_at", "ended_by", "why_ended"])
    return found


@action(by={Role.ENTRY, Role.COMMAND_OFFICE})
def note_origin(*, actor: Actor, airport: str, at: datetime) -> Origin | None:
    """Note that a flight is announced or planned from an airport; its country is then proposed for the watch list.

    An airport that the table does not know gives None: it stands on its flight, and nothing is guessed.
    """
    known = airports().get(airport)
    if known is None:
        return None
    origin, _new = Origin.objects.get_or_create(
        place=actor.place, airport=airport, defaults={"country": known.country, "first_seen_at": at}
    )
    return origin


def _refuse_empty(reason: str) -> None:
    if not reason.strip():
        raise Refusal("reason_missing", why=_("The reason is missing."), do=_("Say in one line why."))
