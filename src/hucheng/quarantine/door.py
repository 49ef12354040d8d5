"""What quarantine offers the wings above."""

from hucheng.quarantine.appeals.actions import appeal, decide
from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.appeals.queries import open_appeals
from hucheng.quarantine.care.actions import ask_care, flag_emergency, settle_care
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.care.queries import open_requests
from hucheng.quarantine.checks.actions import CheckIn, record_checks
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.checks.queries import inside
from hucheng.quarantine.fleet.actions import add_shift, add_vehicle, disinfect_vehicle, known_driver
from hucheng.quarantine.fleet.models import Vehicle
from hucheng.quarantine.laboratory.actions import (
    SampleIn,
    receive_results,
    send_samples,
    settle_row,
    take_samples,
    tell_positive,
)
from hucheng.quarantine.laboratory.models import ResultRow, Sample
from hucheng.quarantine.laboratory.queries import due_samples
from hucheng.quarantine.lodging.actions import admit, assign_flight
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.release.actions import record_call, release
from hucheng.quarantine.release.conditions import ready_to_go
from hucheng.quarantine.requisition.actions import (
    HouseSpec,
    Numbers,
    Owner,
    RoomSpec,
    activate,
    check_certificate,
    file_certificate,
    order_requisition,
    record_numbers,
)
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.transport.actions import accept, arrive, board, depart, plan_trips, publish_trips
from hucheng.quarantine.transport.models import Trip

__all__ = [
    "Appeal",
    "CareRequest",
    "Certificate",
    "CheckIn",
    "DailyCheck",
    "House",
    "HouseSpec",
    "Numbers",
    "Owner",
    "ResultRow",
    "RoomSpec",
    "Sample",
    "SampleIn",
    "Stay",
    "Trip",
    "Vehicle",
    "accept",
    "activate",
    "add_shift",
    "add_vehicle",
    "admit",
    "appeal",
    "arrive",
    "ask_care",
    "assign_flight",
    "board",
    "check_certificate",
    "decide",
    "depart",
    "disinfect_vehicle",
    "due_samples",
    "file_certificate",
    "flag_emergency",
    "inside",
    "known_driver",
    "open_appeals",
    "open_requests",
    "order_requisition",
    "plan_trips",
    "publish_trips",
    "ready_to_go",
    "receive_results",
    "record_call",
    "record_checks",
    "record_numbers",
    "release",
    "send_samples",
    "settle_care",
    "settle_row",
    "take_samples",
    "tell_positive",
]
