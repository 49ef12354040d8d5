"""Work of the key groups: the latest counts, and a form for the week."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.stability.employment.actions import CountIn, report_jobs
from hucheng.stability.employment.models import Group
from hucheng.stability.employment.queries import groups, households
from hucheng.stability.forms import READERS, REPORTERS, DayInput

MOST = 10_000_000
"""More people than the city has: such a number is a slip."""


class WeekForm(forms.Form):
    """The counts of a week: two numbers a group, and the households."""

    day = forms.DateField(label=_("Counted on"), widget=DayInput())
    households = forms.IntegerField(
        label=_("Poor households without work"), min_value=0, max_value=MOST, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in Group:
            registered, placed = _("%(group)s: registered"), _("%(group)s: placed")
            for name, label in (("registered", registered), ("placed", placed)):
                self.fields[f"{group}_{name}"] = forms.IntegerField(
                    label=label % {"group": group.label}, min_value=0, max_value=MOST, required=False
                )

    def counts(self) -> list[CountIn]:
        """The groups that were filled in, be it by one number alone."""
        told = [
            (group, self.cleaned_data[f"{group}_registered"], self.cleaned_data[f"{group}_placed"]) for group in Group
        ]
        return [CountIn(group, *(number or 0 for number in both)) for group, *both in told if both != [None, None]]


@for_roles(*READERS)
def employment(request: Request) -> HttpResponse:
    """The latest counts; a new week by POST."""
    if request.method != "POST" or request.actor.role not in REPORTERS:
        return _show(request)
    form = WeekForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form)
    told = form.cleaned_data
    try:
        report_jobs(
            actor=request.actor, day=told["day"], counts=form.counts(), households=told["households"], at=clock.now()
        )
    except Refusal as no:
        return _show(request, no, form)
    return redirect("stability:employment")


def _show(request: Request, refusal: Refusal | None = None, form: WeekForm | None = None) -> HttpResponse:
    now = clock.now()
    lines = groups(request.actor, now)
    latest = [line.latest for line in lines if line.latest]
    context = {
        "lines": lines,
        "registered": sum(row.registered for row in latest),
        "placed": sum(row.placed for row in latest),
        "households": households(request.actor, now),
        "may_report": request.actor.role in REPORTERS,
        "form": form or WeekForm(initial={"day": clock.today()}),
        "refusal": refusal,
    }
    return render(request, "stability/employment.html", context, status=422 if refusal or form else 200)
