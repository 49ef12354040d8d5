"""What schools offers the wings above."""

from hucheng.schools.plans.actions import PieceIn, file_pieces
from hucheng.schools.plans.models import CONTINGENCIES, FORCES, PlanPiece
from hucheng.schools.readiness.actions import declare, inspect, register_schools, sign
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import HOLDING, Line, School, State, Verdict
from hucheng.schools.readiness.queries import SchoolLine, lines
from hucheng.schools.readiness.rules import SchoolIn, Statement
from hucheng.schools.reopening.actions import announce_stage, open_schools
from hucheng.schools.reopening.models import Opening
from hucheng.schools.reopening.queries import ready_for, stages_for

__all__ = [
    "CONTINGENCIES",
    "FORCES",
    "HOLDING",
    "TEN",
    "Line",
    "Opening",
    "PieceIn",
    "PlanPiece",
    "School",
    "SchoolIn",
    "SchoolLine",
    "State",
    "Statement",
    "Verdict",
    "announce_stage",
    "declare",
    "file_pieces",
    "inspect",
    "lines",
    "open_schools",
    "ready_for",
    "register_schools",
    "sign",
    "stages_for",
]
