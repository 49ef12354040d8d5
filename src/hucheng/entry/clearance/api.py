"""Passes for programs: of the gate that issues them, of the carrier and the receiver that check them."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from hucheng.core import clock
from hucheng.core.api import RefusalOut
from hucheng.core.audit.action import check_role
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import PassClaims
from hucheng.entry.clearance.actions import clear, revoke
from hucheng.entry.clearance.checking import checked
from hucheng.entry.clearance.models import Pass
from hucheng.entry.clearance.queries import pass_seen_by, passes_of_flight
from hucheng.entry.flights.pages import READERS
from hucheng.entry.flights.queries import flight_seen_by

router = Router(tags=["passes"])
HOLDERS = {*READERS, Role.RECEIVER}


class ClearIn(Schema):
    """The people of one flight to clear; one whom the last triage keeps refuses the whole list."""

    arrival_ids: list[UUID] = Field(max_length=600)


class PassOut(Schema):
    """One pass. It holds while `revoked_at` is null and `expires_at` lies ahead; `token` is the text of its code."""

    id: UUID
    arrival_id: UUID
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    revoked_because: str
    token: str


class TextIn(Schema):
    """The text of a pass as the code gave it."""

    text: str = Field(max_length=4000)


class WhyIn(Schema):
    """Why a pass is taken back."""

    why: str = Field(min_length=2, max_length=60)


class VerdictOut(Schema):
    """Whether a pass or certificate holds now; `code` is ok, bad_text, bad_signature, unknown_key, key_retired,
    not_yet, expired or revoked; a certificate has no flight."""

    valid: bool
    code: str
    why_zh: str
    why_en: str
    holder: str = ""
    flight: str = ""
    document_tail: str = ""
    expires_at: datetime | None = None


@router.post("/flights/{uuid:flight_id}/passes", response={201: list[PassOut], 409: RefusalOut})
def post_passes(request: Request, flight_id: UUID, body: ClearIn) -> Status[list[Pass]]:
    """Issue a signed pass to each of these people, to all or none; whoever holds a pass keeps it and gets no second."""
    made = clear(actor=request.actor, flight_id=flight_id, arrival_ids=body.arrival_ids, at=clock.now())
    return Status(201, made)


@router.get("/flights/{uuid:flight_id}/passes", response={200: list[PassOut], 409: RefusalOut})
def get_passes(request: Request, flight_id: UUID) -> object:
    """The passes of one flight, the latest first, revoked ones with when and why."""
    check_role(request.actor, HOLDERS)
    return list(passes_of_flight(request.actor, flight_seen_by(request.actor, flight_id)))


@router.get("/passes/{uuid:pass_id}", response={200: PassOut, 409: RefusalOut})
def get_pass(request: Request, pass_id: UUID) -> object:
    """One pass with the text of its code and whether it was taken back."""
    check_role(request.actor, HOLDERS)
    return pass_seen_by(request.actor, pass_id)


@router.post("/passes/verify", response={200: VerdictOut})
def post_verify(request: Request, body: TextIn) -> VerdictOut:
    """Check the text of a pass against the key and the revocations of this minute; the text is not stored."""
    verdict = checked(body.text.strip(), clock.now())
    told = VerdictOut(valid=verdict.valid, code=verdict.code, why_zh=verdict.why.zh, why_en=verdict.why.en)
    if verdict.claims:
        told.holder = verdict.claims.holder
        told.flight = verdict.claims.flight if isinstance(verdict.claims, PassClaims) else ""
        told.document_tail, told.expires_at = verdict.claims.document_tail, verdict.claims.expires_at
    return told


@router.post("/passes/{uuid:pass_id}/revoke", response={200: PassOut, 409: RefusalOut})
def post_revoke(request: Request, pass_id: UUID, body: WhyIn) -> object:
    """Take a pass back by hand. It never comes back; a new judgement may lead to a new one."""
    return revoke(actor=request.actor, pass_id=pass_id, why=body.why, at=clock.now())
