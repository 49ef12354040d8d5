"""Filing plans, contingency plans and task forces."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.schools.plans.models import CONTINGENCIES, FORCES, PlanPiece
from hucheng.schools.plans.queries import pieces_of
from hucheng.schools.readiness.queries import school_seen_by
from hucheng.schools.readiness.rules import must_have_a_line

MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class PieceIn:
    """One of the six; `title` names the plan or the head of the task force."""

    kind: PlanPiece.Kind
    title: str
    reference: str = ""
    people: int = 0
    drilled_on: date | None = None


@action(by={Role.SCHOOL})
def file_pieces(*, actor: Actor, school_id: UUID, pieces: Sequence[PieceIn], at: datetime) -> list[PlanPiece]:
    """File pieces of the own school; what was filed before stays on record, the same again adds nothing.

    Refuses a piece without a title, a task force without people, and a drill that has not been.
    """
    _line, by_id = must_have_a_line(actor)
    school = school_seen_by(actor, school_id)
    today = at.astimezone(SHANGHAI).date()
    for one in pieces:
        _may_be_filed(one, today)
    before = pieces_of([school.pk])[school.pk]
    return PlanPiece.objects.bulk_create(
        PlanPiece(school=school, by_id=by_id, at=at, **asdict(one)) for one in pieces if not _stands(before, one)
    )


def _may_be_filed(one: PieceIn, today: date) -> None:
    if not one.title.strip():
        raise Refusal("piece_untitled", why=_("A plan or task force needs its name."), do=_("Write it in."))
    if one.kind in FORCES and not 0 < one.people <= MOST_PEOPLE:
        raise Refusal("force_without_people", why=_("A task force needs people."), do=_("Say how many people it has."))
    if one.drilled_on and (one.kind not in CONTINGENCIES or one.drilled_on > today):
        raise Refusal(
            "no_such_drill",
            why=_("Contingency plans are rehearsed, and a drill counts once it has been."),
            do=_("Name the day of the drill afterwards."),
        )


def _stands(before: dict[str, PlanPiece], one: PieceIn) -> bool:
    known = before.get(one.kind)
    return known is not None and asdict(one) == {name: getattr(known, name) for name in asdict(one)}
