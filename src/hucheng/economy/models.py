"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.economy.firms.models import FirmReport
from hucheng.economy.indicators.models import Indicator, Upload, Vintage
from hucheng.economy.outlook.models import Target, TargetVersion
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.policies.models import Policy, PolicyCount
from hucheng.economy.projects.models import Blocker, KeyProject, ProjectReport
from hucheng.economy.supply.models import Alert, Good, PriceReport, StockReport

__all__ = [
    "Alert",
    "Blocker",
    "FirmReport",
    "FirmRequest",
    "Good",
    "Indicator",
    "KeyProject",
    "Policy",
    "PolicyCount",
    "PriceReport",
    "ProjectReport",
    "StockReport",
    "Target",
    "TargetVersion",
    "Upload",
    "Vintage",
]
