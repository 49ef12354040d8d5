"""What happens every day in the houses: checks twice, requests, samples of the later rounds, releases."""

import random
from datetime import datetime
from functools import partial

from hucheng.command import door as command
from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Destination
from hucheng.exercises.replay import laboratory
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Day
from hucheng.quarantine import door as quarantine

MISSED, ABNORMAL = 0.006, 0.0008
"""Shares of the scenario's generator `checks`; abnormal ones fewer, so that the ends of its flights hold."""


def check_everybody(seed: int, at: datetime) -> None:
    """One slot of checks of everybody inside, in one batch."""
    local = at.astimezone(SHANGHAI)
    slot = quarantine.DailyCheck.Slot.AFTERNOON if local.hour >= 16 else quarantine.DailyCheck.Slot.MORNING
    rng = random.Random(f"{seed}/{local:%Y-%m-%d}/{slot}")
    checks = []
    for stay in quarantine.inside(SYSTEM).order_by("place", "room__number", "bed"):
        if rng.random() < MISSED:
            continue
        ill = rng.random() < ABNORMAL
        degrees = rng.uniform(37.4, 38.4) if ill else min(37.1, rng.gauss(36.5, 0.2))
        key = f"{stay.pk.hex[:20]}{local:%m%d}{slot}"
        checks.append(quarantine.CheckIn(stay.pk, local.date(), slot, round(degrees, 1), (), key))
    if checks:
        quarantine.record_checks(actor=acting("rooms"), checks=checks, at=at)


def ask(seed: int, at: datetime) -> None:
    """The requests of the day, at the rate of the scenario; most are settled at once by the house."""
    rng = random.Random(f"{seed}/{at:%Y-%m-%d}/care")
    kinds = {"food": 0.34, "medical": 0.18, "other": 0.48}
    texts = {
        "food": "清淡饮食 light meals",
        "medical": "常用药 regular medicine",
        "other": "询问解除日期 day of release",
    }
    for stay in quarantine.inside(SYSTEM).order_by("place", "room__number", "bed"):
        if rng.random() >= 0.085:
            continue
        kind = rng.choices(list(kinds), list(kinds.values()))[0]
        asked = quarantine.ask_care(
            actor=acting("rooms"),
            arrival_id=stay.arrival_id,
            kind=quarantine.CareRequest.Kind(kind),
            text=texts[kind],
            at=at,
        )
        if rng.random() < 0.92:
            quarantine.settle_care(actor=acting("rooms"), request_id=asked.pk, answer="已办 done", at=at)


def let_go(at: datetime) -> None:
    """Release of everybody who meets every condition."""
    stays = list(quarantine.inside(SYSTEM).select_related("arrival__flight"))
    ready = quarantine.ready_to_go([stay.arrival for stay in stays], at)
    for stay in stays:
        if stay.arrival_id in ready:
            home = stay.arrival.destination == Destination.CITY
            quarantine.release(
                actor=acting("rooms"),
                stay_id=stay.pk,
                to=Destination.CITY if home else Destination.ELSEWHERE,
                county="140105" if home else "",
                receiver="C-XD-LG" if home else "OTHER-PROV",
                at=at,
            )


def keep_readings(at: datetime) -> None:
    """What every measure says, for the lines of the board."""
    command.take_readings(actor=acting("office"), at=at)


def works(seed: int) -> list[Day]:
    """The daily acts with their hour."""
    return [
        ("08:20", "checks.run", partial(check_everybody, seed)),
        *((f"{hour:02}:00", "readings", keep_readings) for hour in (0, 6, 12, 18)),
        ("10:00", "care.request", partial(ask, seed)),
        ("08:50", "samples.take", laboratory.take_due),
        ("14:00", "release.run", let_go),
        ("16:20", "checks.run", partial(check_everybody, seed)),
        ("17:00", "results.arrive", partial(laboratory.report_due, seed)),
        ("18:00", "results.arrive", laboratory.work_off),
    ]
