"""Why just this room, in words (room_words.csv)."""

import csv
from collections.abc import Container, Iterable
from functools import cache
from pathlib import Path

from hucheng.engines.planning.answer import Plan
from hucheng.engines.planning.guests import Placement
from hucheng.engines.planning.rooms.listing import Listing
from hucheng.engines.words.bilingual import Bilingual

_WORDS = Path(__file__).with_name("room_words.csv")


def grounds_of(listing: Listing, plan: Plan) -> dict[str, tuple[Bilingual, ...]]:
    """Give for each guest placed why the company has these rooms."""
    taken = {room for stays in plan["assign"] for room, *_ in stays}
    return {
        guest.id: tuple(_grounds(listing, group, [stay[0] for stay in stays], taken))
        for group, stays in enumerate(plan["assign"])
        if stays
        for guest in listing.companies[group]
    }


def _grounds(listing: Listing, group: int, rooms: list[int], taken: set[int]) -> list[Bilingual]:
    party, zone = listing.instance.groups[group], listing.instance.rooms[rooms[0]].zone
    if party.size == 1:
        found = [_word("alone")]
    elif len(rooms) == 1:
        found = [_word("one_room", people=party.size)]
    else:
        found = [_word("divided", people=party.size, rooms=len(rooms))]
        if not _left(listing, zone, party.size, taken):
            found.append(_word("no_large_room"))
    found.append(_word("floor_in_use" if listing.instance.zones[zone].lock else "floor_opened"))
    if party.accessible:
        found.append(_word("accessible"))
    elif any(_last_resort(listing, room, taken) for room in rooms):
        found.append(_word("no_plain_room"))
    if party.halal:
        found.append(_word("halal"))
    return found


def joining(placements: Iterable[Placement], before: Container[str]) -> dict[str, tuple[Bilingual, ...]]:
    """Give the ground of those who come into a room that people of theirs have `before`."""
    return {guest: (_word("kept"),) for guest, _room in placements if guest not in before}


def _last_resort(listing: Listing, number: int, taken: set[int]) -> bool:
    """Tell whether a room is accessible and its floor has no plain one of its beds left."""
    room = listing.instance.rooms[number]
    plain = (one for one in _left(listing, room.zone, room.beds, taken) if not listing.instance.rooms[one].accessible)
    return room.accessible and next(plain, None) is None


def _left(listing: Listing, zone: int, beds: int, taken: set[int]) -> list[int]:
    """Give the rooms of a zone with so many beds that stay free."""
    rooms = enumerate(listing.instance.rooms)
    return [number for number, room in rooms if room.zone == zone and room.beds >= beds and number not in taken]


def _word(code: str, **values: object) -> Bilingual:
    return _words()[code].filled(**values)


@cache
def _words() -> dict[str, Bilingual]:
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Bilingual(row["zh"], row["en"]) for row in csv.DictReader(file)}
