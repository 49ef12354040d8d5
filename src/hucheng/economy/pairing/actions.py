"""Filing and settling the requests of firms."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hucheng.core.audit.action import action
from hucheng.core.places.models import Place
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.economy.pairing.models import FirmRequest
from hucheng.economy.pairing.working_days import end_of_working_day

FILERS = {Role.COUNTY, Role.DEPARTMENT, Role.COMMAND_OFFICE}
DAYS = 3
"""Working days that the city gives itself (catalogue: economy.pairing.requests_3d)."""


@dataclass(frozen=True, slots=True)
class RequestIn:
    """What a firm of one county needs, and the official paired with it."""

    place: str
    firm: str
    kind: FirmRequest.Kind
    about: str
    official: str


@dataclass(frozen=True, slots=True)
class AnswerIn:
    """What was done about one request."""

    request_id: UUID
    answer: str


@action(by=FILERS)
def file_requests(*, actor: Actor, requests: Sequence[RequestIn], at: datetime) -> list[FirmRequest]:
    """File requests of firms; each clock of three working days starts now.

    Refuses a request without firm, words or official. A place out of sight, or that is no county, is not found.
    """
    if any(not (one.firm.strip() and one.about.strip() and one.official.strip()) for one in requests):
        raise Refusal(
            "request_incomplete",
            why=_("A request names the firm, what it needs, and the official paired with it."),
            do=_("Fill in what is missing."),
        )
    places = {one.place for one in requests}
    known = set(Place.objects.filter(code__in=places, kind=Place.Kind.COUNTY).values_list("code", flat=True))
    if places - {place for place in known if actor.sees_place(place)}:
        raise Http404
    due = end_of_working_day(at, DAYS)
    rows = [FirmRequest(**asdict(one), filed_at=at, filed_by_id=actor.user_id, due_at=due) for one in requests]
    return FirmRequest.objects.bulk_create(rows)


@action(by=FILERS)
def settle_requests(*, actor: Actor, answers: Sequence[AnswerIn], at: datetime) -> int:
    """Answer requests; their clocks stop. Refuses a second answer and one without words. Gives how many."""
    said = {one.request_id: one.answer.strip()[:400] for one in answers}
    rows = list(FirmRequest.objects.seen_by(actor).filter(pk__in=said).select_for_update(of=("self",)))
    if len(rows) < len(said):
        raise Http404
    if any(row.settled_at for row in rows) or not all(said.values()):
        raise Refusal(
            "request_not_settled",
            why=_("The request is settled already, or the answer is empty."),
            do=_("Say what was done, or open the settled one."),
        )
    for row in rows:
        row.settled_at, row.settled_by_id, row.answer = at, actor.user_id, said[row.pk]
    return FirmRequest.objects.bulk_update(rows, ["settled_at", "settled_by", "answer"])
