"""Houses of the scenario: ordered, certified, opened, through the same doors as people."""

import random
from datetime import date, datetime
from typing import Any

from hucheng.core.places.queries import place_names
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Outcome
from hucheng.entry import door as entry
from hucheng.exercises.replay.staff import acting
from hucheng.quarantine import door as quarantine

PAPERS_UNTIL = date(2021, 3, 31)


def order(house: dict[str, Any], seed: int, at: datetime) -> None:
    """Order one house with its rooms; beds are drawn in the shares that the scenario gives."""
    rng = random.Random(f"{seed}/{house['code']}")
    beds = [int(n) for n in house["beds_per_room"]]
    shares = list(house["beds_per_room"].values())
    per_floor = -(-house["rooms"] // house["floors"])
    rooms = [
        quarantine.RoomSpec(
            floor=2 + n // per_floor,
            number=f"{2 + n // per_floor}{n % per_floor + 1:02}",
            beds=rng.choices(beds, shares)[0],
            accessible=n < house["accessible"],
        )
        for n in range(house["rooms"])
    ]
    number = int(house["code"][1:])
    spec = quarantine.HouseSpec(
        code=house["code"],
        place=house["county"],
        name_zh=f"{number}号隔离酒店",
        name_en=f"Quarantine house {number}",
        minutes_to_hospital=house["minutes_to_hospital"],
        halal=house["halal"],
        rooms=rooms,
        owner=_owner(number, house["county"]),
    )
    ordered = quarantine.order_requisition(actor=acting("rooms"), house=spec, at=at)
    quarantine.record_numbers(actor=acting("rooms"), house_id=ordered.pk, numbers=_numbers(number, at), at=at)


def _owner(number: int, county: str) -> quarantine.Owner:
    """An invented firm; 555 stands for no line in any town."""
    return quarantine.Owner(
        name=f"示例酒店管理{number}号有限公司",
        address=f"{place_names()[county].name_zh}示例路{number}号",
        contact=f"示例经理{number}",
        phone=f"0351-55501{number:02}",
    )


def _numbers(number: int, at: datetime) -> quarantine.Numbers:
    """Invented too: no registry gave this number."""
    return quarantine.Numbers(
        order=f"并防指征〔{at.year}〕{number}号", enquiries_to="示例征用专班", enquiries_phone="0351-5550199"
    )


def open_house(code: str, at: datetime) -> None:
    """File the four papers, look at each twice, open the house."""
    first, second = acting("rooms"), acting("rooms2")
    house = quarantine.House.objects.seen_by(SYSTEM).get(code=code)
    for kind in quarantine.Certificate.Kind:
        paper = quarantine.file_certificate(
            actor=first, house_id=house.pk, kind=kind, valid_until=PAPERS_UNTIL, file_name=f"{code}-{kind}", at=at
        )
        quarantine.check_certificate(actor=second, certificate_id=paper.pk, at=at)
    quarantine.activate(actor=first, house_id=house.pk, at=at)


def place_the_waiting(at: datetime) -> None:
    """With new rooms, whoever of an earlier flight still waits in the port for a room gets one and moves in."""
    rooms = acting("rooms")
    rows = entry.Arrival.objects.seen_by(SYSTEM).filter(
        outcome=Outcome.QUARANTINE, whereabouts=entry.Whereabouts.PORT, flight__landed_at__lte=at
    )
    for flight_id in sorted(set(rows.values_list("flight_id", flat=True))):
        quarantine.assign_flight(actor=rooms, flight_id=flight_id, at=at)
    stays = quarantine.Stay.objects.seen_by(SYSTEM).filter(admitted_at=None, ended_at=None, arrival__in=rows)
    ids = list(stays.values_list("pk", flat=True))
    if ids:
        quarantine.admit(actor=rooms, stay_ids=ids, at=at)
