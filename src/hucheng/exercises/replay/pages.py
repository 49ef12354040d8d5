"""The page of the running demonstration: its clock, what was played, what was refused, what was found."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.design.templatetags.design import at_time
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.exercises.replay import queries
from hucheng.exercises.replay.background import wish
from hucheng.exercises.replay.story import times
from hucheng.exercises.scenarios import SCENARIO, written
from hucheng.exercises.score.expectations import expectations
from hucheng.exercises.score.queries import score

READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE)
STEPS = ((1, _("1 hour")), (6, _("6 hours")), (24, _("1 day")))


class AdvanceForm(forms.Form):
    """How far the story is to go on."""

    hours = forms.TypedChoiceField(label=_("How far"), choices=STEPS, coerce=int)


@for_roles(*READERS)
@require_GET
def demonstration(request: Request) -> HttpResponse:
    """How far the story is."""
    _only_in_exercises(request)
    return _show(request)


@for_roles(*READERS)
@require_GET
def progress(request: Request) -> HttpResponse:
    """The part of the page that moves while the story goes on."""
    _only_in_exercises(request)
    return render(request, "exercises/progress.html", _moving(request))


@for_roles(*READERS)
@require_POST
def advance(request: Request) -> HttpResponse:
    """Ask that the story goes on."""
    _only_in_exercises(request)
    form = AdvanceForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form)
    now = clock.now()
    try:
        wish(actor=request.actor, until=now + timedelta(hours=form.cleaned_data["hours"]), at=now)
    except Refusal as no:
        return _show(request, no)
    return redirect("exercises:demonstration")


def _only_in_exercises(request: Request) -> None:
    if not settings.HUCHENG_EXERCISE or not request.actor.sees_place(settings.HUCHENG_CITY):
        raise Http404


def _moving(request: Request) -> dict[str, object]:
    now = clock.now()
    _start, _pause, end = times(SCENARIO)
    return {
        "now": now,
        "end": end,
        "over": now >= end,
        "progress": queries.progress(request.actor),
        "steps": STEPS,
    }


def _show(request: Request, refusal: Refusal | None = None, form: AdvanceForm | None = None) -> HttpResponse:
    story = written(SCENARIO)
    last = queries.last_advance(request.actor)
    context = {
        **_moving(request),
        "last_span": f"{at_time(last.since)} – {at_time(last.until)}" if last else "",
        "played": queries.played_in(request.actor, last),
        "refused": queries.refused(request.actor),
        "refused_count": queries.refused_count(request.actor),
        "waiting": queries.waiting(request.actor),
        "score": score(request.actor, expectations(story)),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "exercises/demonstration.html", context, status=422 if refusal or form else 200)
