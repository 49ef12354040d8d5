"""Firms by county, and the report of a day."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.firms.actions import FirmsIn, report_firms
from hucheng.economy.firms.forms import FirmsForm
from hucheng.economy.firms.queries import county_reports, firms_of

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP, Role.COUNTY)
REPORTERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.COUNTY)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def firms(request: Request) -> HttpResponse:
    """Who works again, by county; reporters send or correct a day."""
    now = clock.now()
    told = firms_of(request.actor, now)
    counties = [line.county for line in told.lines]
    sent = request.method == "POST"
    if sent and request.actor.role not in REPORTERS:
        raise Http404
    form = FirmsForm(request.POST if sent else None, counties=counties, initial={"day": clock.today()})
    refusal = None
    if sent and form.is_valid():
        try:
            report_firms(actor=request.actor, reports=[FirmsIn(**form.cleaned_data)], at=now)
            return redirect("economy:firms")
        except Refusal as no:
            refusal = no
    context = {"firms": told, "form": form, "may_report": request.actor.role in REPORTERS, "refusal": refusal}
    return render(request, "economy/firms.html", context, status=422 if sent else 200)


@for_roles(*READERS)
@require_GET
def county(request: Request, place: str) -> HttpResponse:
    """Every report of one county, corrections among them."""
    return render(request, "economy/county.html", {"told": county_reports(request.actor, place)})
