"""Planning: rooms for people, vehicles for people. Plans with reasons, checked before they are given."""

from hucheng.engines.planning.answer import Conflict
from hucheng.engines.planning.check import check_plan
from hucheng.engines.planning.guests import FloorUse, Guest, Placement, Room, RoomPlan, Unplaced
from hucheng.engines.planning.rooms.closing import close_floors
from hucheng.engines.planning.rooms.online import Expected
from hucheng.engines.planning.rooms.people import UNKNOWN, assign_rooms
from hucheng.engines.planning.trips import Rider, Trip, TripRefused, Trips, at_night, group_trips

__all__ = [
    "UNKNOWN",
    "Conflict",
    "Expected",
    "FloorUse",
    "Guest",
    "Placement",
    "Rider",
    "Room",
    "RoomPlan",
    "Trip",
    "TripRefused",
    "Trips",
    "Unplaced",
    "assign_rooms",
    "at_night",
    "check_plan",
    "close_floors",
    "group_trips",
]
