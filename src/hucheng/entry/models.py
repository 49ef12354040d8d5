"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.entry.clearance.models import Pass, Recall
from hucheng.entry.contacts.models import CloseContact, Recomputation
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival, Custody, Flight
from hucheng.entry.handover.models import Handover, HandoverLine
from hucheng.entry.manifests.models import Manifest, ManifestRow, SettledColumns
from hucheng.entry.triage.models import CityOrder, Fact, RuleInForce, RuleTable, Triage

__all__ = [
    "Arrival",
    "CityOrder",
    "CloseContact",
    "Custody",
    "Declaration",
    "Fact",
    "Flight",
    "Handover",
    "HandoverLine",
    "Manifest",
    "ManifestRow",
    "Pass",
    "Recall",
    "Recomputation",
    "RuleInForce",
    "RuleTable",
    "SettledColumns",
    "Triage",
]
