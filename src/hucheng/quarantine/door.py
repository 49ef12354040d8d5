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
from hucheng.quarantine.lodging.actions import admit, assign_flight
from hucheng.quarantine.lodging.models import Stay
from hucheng.quarantine.release.actions import record_call, release
from hucheng.quarantine.release.conditions import last_test_due, may_go
from hucheng.quarantine.requisition.actions import (
    HouseSpec,
    RoomSpec,
    activate,
    check_certificate,
    file_certificate,
    order_requisition,
)
from hucheng.quarantine.requisition.models import Certificate, House

__all__ = [
    "Appeal",
    "CareRequest",
    "Certificate",
    "CheckIn",
    "DailyCheck",
    "House",
    "HouseSpec",
    "RoomSpec",
    "Stay",
    "activate",
    "admit",
    "appeal",
    "ask_care",
    "assign_flight",
    "check_certificate",
    "decide",
    "file_certificate",
    "flag_emergency",
    "inside",
    "last_test_due",
    "may_go",
    "open_appeals",
    "open_requests",
    "order_requisition",
    "record_call",
    "record_checks",
    "release",
    "settle_care",
]
