"""What the economy offers the wings above."""

from hucheng.economy.firms.actions import FirmsIn, report_firms
from hucheng.economy.firms.queries import reported_days
from hucheng.economy.indicators.actions import open_series, publish
from hucheng.economy.indicators.queries import all_vintages
from hucheng.economy.indicators.vintages import ValueIn
from hucheng.economy.outlook.actions import TargetIn, adopt_targets
from hucheng.economy.outlook.models import Target, TargetVersion
from hucheng.economy.outlook.queries import versions_of
from hucheng.economy.pairing.actions import AnswerIn, RequestIn, file_requests, settle_requests
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.pairing.queries import open_requests
from hucheng.economy.policies.actions import PolicyIn, publish_policy, report_reach
from hucheng.economy.policies.queries import policies_of
from hucheng.economy.projects.actions import (
    BlockerIn,
    ClearedIn,
    ProgressIn,
    ProjectIn,
    clear_blockers,
    list_projects,
    report_blockers,
    report_projects,
)
from hucheng.economy.projects.models import Blocker
from hucheng.economy.projects.queries import key_projects, open_blockers
from hucheng.economy.supply.actions import PriceIn, StockIn, handle_alert, open_goods, report_prices, report_stocks
from hucheng.economy.supply.queries import open_alerts, reported_goods
from hucheng.economy.tables import GOODS, SERIES, shipped

__all__ = [
    "AnswerIn",
    "Blocker",
    "BlockerIn",
    "ClearedIn",
    "FirmRequest",
    "FirmsIn",
    "GOODS",
    "PolicyIn",
    "PriceIn",
    "ProgressIn",
    "ProjectIn",
    "RequestIn",
    "SERIES",
    "StockIn",
    "Target",
    "TargetIn",
    "TargetVersion",
    "ValueIn",
    "adopt_targets",
    "all_vintages",
    "clear_blockers",
    "file_requests",
    "handle_alert",
    "key_projects",
    "list_projects",
    "open_alerts",
    "open_blockers",
    "open_goods",
    "open_requests",
    "open_series",
    "policies_of",
    "publish",
    "publish_policy",
    "report_blockers",
    "report_firms",
    "report_prices",
    "report_projects",
    "report_reach",
    "report_stocks",
    "reported_days",
    "reported_goods",
    "settle_requests",
    "shipped",
    "versions_of",
]
