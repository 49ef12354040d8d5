"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.fleet.models import Driver, DrivingShift, Vehicle
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.transport.models import Ride, Trip

__all__ = [
    "Appeal",
    "CareRequest",
    "Certificate",
    "DailyCheck",
    "Driver",
    "DrivingShift",
    "FollowUp",
    "House",
    "Release",
    "ResultBatch",
    "ResultRow",
    "Ride",
    "Room",
    "Sample",
    "Stay",
    "Trip",
    "Vehicle",
]
