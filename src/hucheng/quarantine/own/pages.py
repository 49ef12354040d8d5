"""The stay as the traveller sees it, opened by the random key of the QR code."""

from collections.abc import Callable
from functools import partial
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import public
from hucheng.core.scope.request import Request
from hucheng.quarantine.care.actions import ask_care, flag_emergency
from hucheng.quarantine.care.forms import AskForm
from hucheng.quarantine.care.models import CareRequest
from hucheng.quarantine.checks.actions import record_checks
from hucheng.quarantine.checks.forms import CheckForm
from hucheng.quarantine.own.queries import own_stay_of, traveller_of_key


@public
@require_GET
def own_stay(request: Request, access: UUID) -> HttpResponse:
    """Until when, in which room, what was found, what was asked for."""
    return _show(request, traveller_of_key(access), access)


@public
@require_POST
def report(request: Request, access: UUID) -> HttpResponse:
    """Report one's own temperature and symptoms for this slot; anything abnormal is judged at once."""
    traveller, form, now = traveller_of_key(access), CheckForm(request.POST), clock.now()
    stay_id = own_stay_of(traveller, now).stay.pk
    if not form.is_valid():
        return _show(request, traveller, access, check_form=form)
    return _act(request, access, traveller, partial(record_checks, checks=[form.as_check(stay_id, now)]))


@public
@require_POST
def ask(request: Request, access: UUID) -> HttpResponse:
    """Ask for care; its clock starts now."""
    traveller, form = traveller_of_key(access), AskForm(request.POST)
    if not form.is_valid():
        return _show(request, traveller, access, ask_form=form)
    asked = {"kind": CareRequest.Kind(form.cleaned_data["kind"]), "text": form.cleaned_data["text"]}
    return _act(request, access, traveller, partial(ask_care, arrival_id=UUID(traveller.unit), **asked))


@public
@require_POST
def call_for_help(request: Request, access: UUID) -> HttpResponse:
    """Call for help: nothing is asked first."""
    traveller = traveller_of_key(access)
    flag_emergency(actor=traveller, arrival_id=UUID(traveller.unit), at=clock.now())
    return redirect("entry:own_page", access)


def _act(request: Request, access: UUID, traveller: Actor, act: Callable[..., object]) -> HttpResponse:
    try:
        act(actor=traveller, at=clock.now())
    except Refusal as no:
        return _show(request, traveller, access, refusal=no)
    return redirect("quarantine:own_stay", access)


def _show(request: Request, traveller: Actor, access: UUID, **bound: object) -> HttpResponse:
    now = clock.now()
    context = {
        "own": own_stay_of(traveller, now),
        "access": access,
        "now": now,
        "check_form": CheckForm(initial={"key": uuid4()}),
        "ask_form": AskForm(auto_id="ask_%s"),
        **bound,
    }
    return render(request, "quarantine/own_stay.html", context, status=422 if bound else 200)
