"""What travellers in the houses ask for in the story, and the shifts that settle what is open."""

import random
from datetime import datetime

from hucheng.core.scope.actor import SYSTEM
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day, Given, Work
from hucheng.quarantine import door as quarantine

SHIFTS = ("08:10", "12:10", "20:10")
"""When the houses look through what is still open (story, invented)."""


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {"care.request": ask}


def days(seed: int) -> list[Day]:
    """What this side does every day."""
    return [(hour, "care.settle", settle_open) for hour in SHIFTS]


def ask(given: Given, at: datetime) -> None:
    """Somebody of the flight who is in a house asks; an emergency goes to hospital at once.

    Nobody of the flight inside: nobody asks.
    """
    aboard = {"arrival__flight__number": given["flight"], "arrival__flight__date": given["landed"]}
    of_flight = list(quarantine.inside(SYSTEM).filter(**aboard).order_by("place", "room__number", "bed"))
    if not of_flight:
        return
    stay = random.Random(f"{given['flight']}/{given['en']}").choice(of_flight)
    text = f"{given['zh']} {given['en']}"
    if given["kind"] == quarantine.CareRequest.Kind.EMERGENCY:
        quarantine.flag_emergency(actor=acting("rooms"), arrival_id=stay.arrival_id, text=text, at=at)
        return
    kind = quarantine.CareRequest.Kind(given["kind"])
    quarantine.ask_care(actor=acting("rooms"), arrival_id=stay.arrival_id, kind=kind, text=text, at=at)


def settle_open(at: datetime) -> None:
    """The house answers whatever was left open by the shift before."""
    for asked in quarantine.open_requests(SYSTEM):
        quarantine.settle_care(actor=acting("rooms"), request_id=asked.pk, answer="已办 done", at=at)
