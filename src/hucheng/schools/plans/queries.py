"""Which of the six pieces each school has."""

from collections.abc import Iterable
from uuid import UUID

from hucheng.schools.plans.models import PlanPiece


def pieces_of(school_ids: Iterable[UUID]) -> dict[UUID, dict[str, PlanPiece]]:
    """The latest piece of each kind at each of these schools, in one query."""
    found: dict[UUID, dict[str, PlanPiece]] = {school_id: {} for school_id in school_ids}
    for piece in PlanPiece.objects.filter(school__in=list(found)).order_by("at"):
        found[piece.school_id][piece.kind] = piece
    return found


def missing(pieces: dict[str, PlanPiece]) -> list[PlanPiece.Kind]:
    """The kinds that are not filed, and contingency plans that were not rehearsed."""
    return [kind for kind in PlanPiece.Kind if kind not in pieces or not pieces[kind].complete]
