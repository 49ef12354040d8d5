"""The tracker of the year's targets, and their versions."""

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.economy.indicators.forms import FileForm, ValueForm
from hucheng.economy.indicators.queries import latest_uploads, series_seen_by
from hucheng.economy.outlook.actions import adopt_targets
from hucheng.economy.outlook.forms import TargetsForm
from hucheng.economy.outlook.queries import in_force, tracker, versions_of

READERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.LEADING_GROUP)
KEEPERS = (Role.DEPARTMENT, Role.COMMAND_OFFICE)


@for_roles(*READERS)
@require_GET
def outlook(request: Request) -> HttpResponse:
    """Each target beside what is published, and the pace that is still needed."""
    return show_outlook(request)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def targets(request: Request) -> HttpResponse:
    """The versions of this year's targets; keepers record the next one."""
    today = clock.today()
    own = [one for one in series_seen_by(request.actor) if one.area == one.place]
    sent = request.method == "POST"
    if sent and request.actor.role not in KEEPERS:
        raise Http404
    initial = {"year": today.year, "dated_on": today}
    form = TargetsForm(request.POST if sent else None, series=own, initial=initial)
    refusal = None
    if sent and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("year", "state", "dated_on", "ground", "document")}
        try:
            adopt_targets(actor=request.actor, targets=form.targets(), at=clock.now(), **told)
            return redirect("economy:targets")
        except Refusal as no:
            refusal = no
    versions = versions_of(request.actor, today.year, today)
    context = {
        "versions": versions[::-1],
        "counts": in_force(versions),
        "year": today.year,
        "form": form,
        "may_keep": request.actor.role in KEEPERS,
        "refusal": refusal,
    }
    return render(request, "economy/targets.html", context, status=422 if sent else 200)


def show_outlook(request: Request, *, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    """The tracker as known on the day asked for, with a refusal or a form to correct."""
    on, today = day_asked(request), clock.today()
    series = series_seen_by(request.actor)
    context = {
        "tracker": tracker(request.actor, on),
        "on": on,
        "past": on < today,
        "may_keep": request.actor.role in KEEPERS,
        "uploads": latest_uploads(request.actor),
        "value_form": ValueForm(series=series, auto_id="value_%s", initial={"published_on": today}),
        "file_form": FileForm(auto_id="file_%s"),
        "refusal": refusal,
        **bound,
    }
    return render(request, "economy/outlook.html", context, status=422 if refusal or bound else 200)


def day_asked(request: Request) -> date:
    """The day whose knowledge is asked for, `on` in the address; today for none, a day to come or nonsense."""
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), clock.today())
    except ValueError:
        return clock.today()
