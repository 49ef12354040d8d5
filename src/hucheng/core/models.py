"""Gathers the models of the core's rooms, so that Django finds them."""

from hucheng.core.accounts.models import ApiToken, RoleGrant, User
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.clock.models import SimulatedClock
from hucheng.core.jobs.models import DailyRun
from hucheng.core.places.models import Organisation, Place

__all__ = [
    "ApiToken",
    "AuditLine",
    "DailyRun",
    "Organisation",
    "Place",
    "ReadTrace",
    "RoleGrant",
    "SimulatedClock",
    "User",
]
