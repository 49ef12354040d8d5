"""The gate: issuing passes, showing them, checking them."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles, public
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import qr_svg
from hucheng.engines.papers.ring import ring_json
from hucheng.entry.clearance.actions import clear, depart, revoke
from hucheng.entry.clearance.checking import checked, page_for_the_phone, signed_revocations
from hucheng.entry.clearance.keys import public_key, trusted_keys
from hucheng.entry.clearance.queries import cleared_by_triage, latest_passes, pass_seen_by, with_valid_pass
from hucheng.entry.flights.pages import READERS, show_desk


@for_roles(Role.ENTRY)
@require_POST
def issue(request: Request, flight_id: UUID) -> HttpResponse:
    """Clear everybody of the flight whom the last triage lets travel on."""
    return _act(request, flight_id, clear, arrival_ids=cleared_by_triage(request.actor, flight_id))


@for_roles(Role.ENTRY)
@require_POST
def board(request: Request, flight_id: UUID) -> HttpResponse:
    """Record that everybody with a valid pass has boarded and left."""
    ids = with_valid_pass(request.actor, flight_id, clock.now())
    return _act(request, flight_id, depart, arrival_ids=ids, holder=settings.HUCHENG_DESK)


@for_roles(Role.ENTRY, Role.MEDICAL, Role.COMMAND_OFFICE)
@require_POST
def take_back(request: Request, pass_id: UUID) -> HttpResponse:
    """Revoke one pass by hand."""
    try:
        revoke(actor=request.actor, pass_id=pass_id, why=request.POST.get("why") or "hand", at=clock.now())
    except Refusal as no:
        return _passes(request, refusal=no)
    return redirect("entry:passes")


@for_roles(*READERS)
@require_GET
def passes(request: Request) -> HttpResponse:
    """Passes issued, open ones first, with when and why others were revoked."""
    return _passes(request)


@for_roles(*READERS)
@require_GET
def show_pass(request: Request, pass_id: UUID) -> HttpResponse:
    """One pass with its code, fit to print."""
    found = pass_seen_by(request.actor, pass_id)
    code = mark_safe(qr_svg(found.token))  # noqa: S308 - drawn here, holds only base45 signs
    return render(request, "entry/pass.html", {"pass": found, "code": code, "now": clock.now()})


@public
def verify(request: Request) -> HttpResponse:
    """Check the text of a pass: anybody may, signed in or not. The text is never stored."""
    text = request.POST.get("text", "").strip()
    verdict = None
    if text:
        verdict = checked(text, clock.now())
    return render(request, "entry/verify.html", {"verdict": verdict})


@public
@require_GET
def key(request: Request) -> HttpResponse:
    """The public key, for verifiers without a network."""
    return HttpResponse(public_key(), content_type="application/x-pem-file")


@public
@require_GET
def revocations(request: Request) -> HttpResponse:
    """The signed list of revoked passes; it holds identifiers and a time, nothing of any person."""
    return HttpResponse(signed_revocations(clock.now()), content_type="text/plain")


@public
@require_GET
def keys(request: Request) -> HttpResponse:
    """Every public key with the time it signed in, for verifiers without a network."""
    return HttpResponse(ring_json(trusted_keys()), content_type="application/json")


@public
@require_GET
def verifier(request: Request) -> HttpResponse:
    """The verifier as one file for a phone: it opens without a network and calls nobody."""
    answer = HttpResponse(page_for_the_phone(clock.now()), content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="hucheng-verifier.html"'
    return answer


@for_roles(Role.ENTRY, Role.QUARANTINE, Role.HOUSE, Role.COUNTY, Role.RECEIVER)
def gate(request: Request) -> HttpResponse:
    """At any way out: scan a pass or type a document. Whoever holds neither a pass nor a release stays (INQ-01)."""
    text, verdict = request.POST.get("text", "").strip(), None
    if text:
        verdict = checked(text, clock.now())
    return render(request, "entry/gate.html", {"asked": bool(text), "verdict": verdict})


def _act(request: Request, flight_id: UUID, act: Callable[..., object], **kwargs: object) -> HttpResponse:
    try:
        act(actor=request.actor, flight_id=flight_id, at=clock.now(), **kwargs)
    except Refusal as no:
        return show_desk(request, flight_id, refusal=no)
    return redirect("entry:flight", flight_id)


def _passes(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    latest = list(latest_passes(request.actor))
    now = clock.now()
    valid = sum(row.revoked_at is None and row.expires_at > now for row in latest)
    context = {"passes": latest, "valid": valid, "now": now, "refusal": refusal}
    return render(request, "entry/passes.html", context, status=422 if refusal else 200)
