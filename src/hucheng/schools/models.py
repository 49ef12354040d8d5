"""Gathers the models of the wing's rooms, so that Django finds them."""

from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.readiness.models import ReadinessItem, School, SelfCheck, Signature, Verdict
from hucheng.schools.reopening.models import Alarm, Closing, Opening, Stage
from hucheng.schools.sheets.models import SheetReceipt

__all__ = [
    "Alarm",
    "Closing",
    "Opening",
    "PlanPiece",
    "ReadinessItem",
    "School",
    "SelfCheck",
    "SheetReceipt",
    "Signature",
    "Stage",
    "Verdict",
]
