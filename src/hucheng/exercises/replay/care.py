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
    return {"care.request": ask, "complaint.file": appeal}


def days(seed: int) -> list[Day]:
    """What this side does every day."""
    return [*((hour, "care.settle", settle_open) for hour in SHIFTS), ("17:00", "appeals.decide", decide_open)]


def ask(given: Given, at: datetime) -> None:
    """Somebody of the flight who is in a house asks; an emergency goes to hospital at once.

    Nobody of the flight inside: nobody asks.
    """
    stay, text = _somebody(given), f"{given['zh']} {given['en']}"
    if stay is None:
        return
    if given["kind"] == quarantine.CareRequest.Kind.EMERGENCY:
        quarantine.flag_emergency(actor=acting("rooms"), arrival_id=stay.arrival_id, text=text, at=at)
        return
    kind = quarantine.CareRequest.Kind(given["kind"])
    quarantine.ask_care(actor=acting("rooms"), arrival_id=stay.arrival_id, kind=kind, text=text, at=at)


def appeal(given: Given, at: datetime) -> None:
    """Somebody of the flight who is in a house disagrees, through the house."""
    stay = _somebody(given)
    if stay is not None:
        about = quarantine.Appeal.About(given["about"])
        text = f"{given['zh']} {given['en']}"
        quarantine.appeal(actor=acting("rooms"), arrival_id=stay.arrival_id, about=about, text=text, at=at)


def decide_open(at: datetime) -> None:
    """The command office, which judged nobody, answers what was filed (story: every second one is upheld)."""
    for number, one in enumerate(quarantine.open_appeals(SYSTEM)):
        answer = "已复核，费用退还 reviewed, refunded" if number % 2 == 0 else "已复核，维持 reviewed, stands"
        quarantine.decide(actor=acting("office"), appeal_id=one.pk, upheld=number % 2 == 0, answer=answer, at=at)


def settle_open(at: datetime) -> None:
    """The house answers whatever was left open by the shift before."""
    for asked in quarantine.open_requests(SYSTEM):
        quarantine.settle_care(actor=acting("rooms"), request_id=asked.pk, answer="已办 done", at=at)


def _somebody(given: Given) -> quarantine.Stay | None:
    aboard = {"arrival__flight__number": given["flight"], "arrival__flight__date": given["landed"]}
    of_flight = list(quarantine.inside(SYSTEM).filter(**aboard).order_by("place", "room__number", "bed"))
    return random.Random(f"{given['flight']}/{given['en']}").choice(of_flight) if of_flight else None
