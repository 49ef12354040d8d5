"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.quarantine.appeals.models import Appeal
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.checks.models import DailyCheck
from hucheng.quarantine.lodging.models import Room, Stay
from hucheng.quarantine.release.models import FollowUp, Release
from hucheng.quarantine.requisition.models import Certificate, House

__all__ = ["Appeal", "CareRequest", "Certificate", "DailyCheck", "FollowUp", "House", "Release", "Room", "Stay"]
