"""Facts and triages for programs of laboratories and hospitals."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.scope.request import Request
from hucheng.entry.flights.queries import arrival_seen_by
from hucheng.entry.triage.actions import FactIn, record_facts
from hucheng.entry.triage.models import Fact

router = Router(tags=["triage"])


class FactBody(Schema):
    """One fact. value: degrees, symptom codes by `;`, or a word of its kind."""

    arrival_id: UUID
    kind: Fact.Kind
    value: str
    at: AwareDatetime
    source: str = Field(max_length=40)


class FactsOut(Schema):
    """How many facts were recorded; everybody they touch has been judged again."""

    recorded: int


class TriageOut(Schema):
    """The last judgement of one person, with why."""

    outcome: str
    risk: str
    rule: str
    version: str
    reason_zh: str
    reason_en: str
    at: datetime


@router.post("/facts", response={201: FactsOut, 409: RefusalOut})
def post_facts(request: Request, body: list[FactBody]) -> Status[FactsOut]:
    """Record facts, all or none; consequences follow in the same transaction."""
    facts = [FactIn(one.arrival_id, one.kind, one.value, one.at, one.source) for one in body]
    recorded = record_facts(actor=request.actor, facts=facts, at=clock.now())
    return Status(201, FactsOut(recorded=len(recorded)))


@router.get("/arrivals/{uuid:arrival_id}/triage", response={200: TriageOut | None})
def get_triage(request: Request, arrival_id: UUID) -> object:
    """The last triage of one person; null before the first."""
    return arrival_seen_by(request.actor, arrival_id).last_triage
