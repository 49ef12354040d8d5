"""Requests of firms with their clocks."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hucheng.core import clock
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.pairing.actions import AnswerIn, RequestIn, file_requests, settle_requests
from hucheng.economy.pairing.forms import RequestForm
from hucheng.economy.pairing.queries import requests_of

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY)
FILERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.COUNTY)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def requests(request: Request) -> HttpResponse:
    """What firms wait for; filers add a request."""
    if request.method == "GET":
        return _show(request)
    if request.actor.role not in FILERS:
        raise Http404
    form = _form(request, request.POST)
    if form.is_valid():
        try:
            file_requests(actor=request.actor, requests=[RequestIn(**form.cleaned_data)], at=clock.now())
            return redirect("economy:requests")
        except Refusal as no:
            return _show(request, form, no)
    return _show(request, form)


@for_roles(*FILERS)
@require_POST
def settle(request: Request, request_id: UUID) -> HttpResponse:
    """Answer one request."""
    answers = [AnswerIn(request_id, request.POST.get("answer", ""))]
    try:
        settle_requests(actor=request.actor, answers=answers, at=clock.now())
    except Refusal as no:
        return _show(request, None, no)
    return redirect("economy:requests")


def _form(request: Request, data: object = None) -> RequestForm:
    counties = [place for place in counties_of(request.actor.place) if request.actor.sees_place(place.code)]
    return RequestForm(data, counties=counties)


def _show(request: Request, form: RequestForm | None = None, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "requests": requests_of(request.actor, clock.now()),
        "form": form or _form(request),
        "may_file": request.actor.role in FILERS,
        "refusal": refusal,
    }
    return render(request, "economy/requests.html", context, status=422 if form or refusal else 200)
