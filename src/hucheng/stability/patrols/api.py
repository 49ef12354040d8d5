"""Patrols for programs: plan, prove, alarms."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.stability.forms import READERS
from hucheng.stability.patrols.actions import PatrolIn, ProofIn, plan_patrols, prove_patrols
from hucheng.stability.patrols.queries import alarms

router = Router(tags=["fire"])


class PatrolSchema(Schema):
    """A checkpoint that must be seen by a time."""

    checkpoint: str = Field(max_length=20)
    due: AwareDatetime
    route: str = Field("", max_length=120)


class PlanIn(Schema):
    """Patrols of one county."""

    place: str
    patrols: list[PatrolSchema]


class PatrolOut(Schema):
    """A planned patrol."""

    id: UUID
    place: str
    checkpoint: str
    due: datetime


class ProofSchema(Schema):
    """Which team made a patrol, and when."""

    patrol_id: UUID
    team: str
    done_at: AwareDatetime
    seen: str = ""


class ProvenOut(Schema):
    """How many patrols are now proven."""

    proven: int


class AlarmOut(Schema):
    """Patrols of a county due at one time and not proven."""

    place: str
    due: datetime
    checkpoints: list[str]
    grade: int | None


@router.post("/fire/patrols", response={200: list[PatrolOut], 409: RefusalOut})
def post_patrols(request: Request, given: PlanIn) -> list[PatrolOut]:
    """Plan patrols; those planned already are not given again."""
    wanted = [PatrolIn(one.checkpoint, one.due, one.route) for one in given.patrols]
    made = plan_patrols(actor=request.actor, place=given.place, patrols=wanted, at=clock.now())
    return [PatrolOut(id=one.pk, place=one.place, checkpoint=one.checkpoint, due=one.due) for one in made]


@router.post("/fire/patrols/proofs", response={200: ProvenOut, 409: RefusalOut})
def post_proofs(request: Request, given: list[ProofSchema]) -> ProvenOut:
    """Prove patrols, all or none: by which team, when, and what was seen."""
    told = [ProofIn(one.patrol_id, one.team, one.done_at, one.seen) for one in given]
    return ProvenOut(proven=len(prove_patrols(actor=request.actor, proofs=told, at=clock.now())))


@router.get("/fire/alarms", response={200: list[AlarmOut], 409: RefusalOut})
def get_alarms(request: Request) -> list[AlarmOut]:
    """The alarms that stand now."""
    check_role(request.actor, READERS)
    return [
        AlarmOut(
            place=one.place,
            due=one.due,
            checkpoints=[patrol.checkpoint for patrol in one.patrols],
            grade=one.danger.grade.number if one.danger and one.danger.grade else None,
        )
        for one in alarms(request.actor, clock.now())
    ]
