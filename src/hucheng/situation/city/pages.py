"""The city's own cases."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.situation.city.actions import LocalDay, report_local
from hucheng.situation.city.queries import FEWEST_FOR_RT, local_cases
from hucheng.situation.countries.forms import DayInput
from hucheng.situation.countries.known import known_at
from hucheng.situation.countries.pages import KEEPERS, READERS

SHOWN = 60


class LocalForm(forms.Form):
    """All local cases up to one day."""

    day = forms.DateField(label=_("As of"), widget=DayInput)
    total = forms.IntegerField(label=_("Local cases in all"), min_value=0, max_value=10_000_000)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
    source = forms.CharField(label=_("Source"), max_length=120)


@for_roles(*READERS)
def city(request: Request) -> HttpResponse:
    """Local cases by day, the days since the last one; keepers record a day here."""
    may_keep = request.actor.role in KEEPERS
    if request.method == "POST" and not may_keep:
        raise Http404
    form, refusal = LocalForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        days = [LocalDay(given["day"], given["total"])]
        try:
            report_local(
                actor=request.actor,
                days=days,
                source=given["source"],
                published_on=given["published_on"],
                at=clock.now(),
            )
            return redirect("situation:city")
        except Refusal as no:
            refusal = no
    if request.method == "GET":
        form = LocalForm(initial={"published_on": clock.today()})
    now = known_at(request)
    cases = local_cases(request.actor, now)
    context = {
        "cases": cases,
        "now": now,
        "lines": cases.lines[:SHOWN],
        "trend": [float(line.total) for line in reversed(cases.lines[:SHOWN])],
        "fewest": FEWEST_FOR_RT,
        "form": form,
        "may_keep": may_keep,
        "refusal": refusal,
    }
    return render(request, "situation/city.html", context, status=422 if refusal or form.errors else 200)
