"""How quick people are in their rooms, and how many rooms are free."""

from datetime import datetime, timedelta

from django.db.models import F
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Outcome
from hucheng.entry import door as entry
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.requisition.models import House

FOUR_HOURS = timedelta(hours=4)


@measure("quarantine.lodging.triage_to_room_4h")
def in_a_room_in_four_hours(actor: Actor, at: datetime) -> Reading:
    """People of the last fourteen days in their room within four hours, of those judged for it four hours ago."""
    lately = entry.Arrival.objects.seen_by(actor).filter(flight_id__in=entry.landed_lately(actor, at))
    due = lately.filter(outcome=Outcome.QUARANTINE, last_triage__at__lte=at - FOUR_HOURS)
    due = due.exclude(whereabouts__in=(entry.Whereabouts.HOSPITAL, entry.Whereabouts.CREW_HOUSE))
    in_time = due.filter(stays__admitted_at__lte=F("last_triage__at") + FOUR_HOURS).distinct().count()
    return Reading.share(in_time, due.count(), as_of=at, rows_url=reverse("quarantine:houses"))


@measure("quarantine.requisition.rooms_free_tonight")
def rooms_free_tonight(actor: Actor, at: datetime) -> Reading:
    """Clean rooms of houses in use that can be filled tonight."""
    rooms = Room.objects.seen_by(actor).filter(house__state=House.State.ACTIVE, state=Room.State.FREE)
    return Reading.count(rooms.count(), as_of=at, rows_url=reverse("quarantine:houses"))


@measure("quarantine.lodging.minors_alone")
def minors_alone(actor: Actor, at: datetime) -> Reading:
    """People under 18 in a room without an adult."""
    stays = Stay.objects.seen_by(actor).filter(ended_at=None).values_list("room_id", "arrival_id")
    cards = entry.cards(actor, [arrival for _room, arrival in stays], today=at.astimezone(SHANGHAI).date())
    ages: dict[object, list[int]] = {}
    for room, arrival in stays:
        age = cards[arrival].age if arrival in cards else None
        ages.setdefault(room, []).append(18 if age is None else age)
    alone = sum(len(of_room) for of_room in ages.values() if max(of_room) < 18)
    return Reading.count(alone, as_of=at, rows_url=reverse("quarantine:houses"))
