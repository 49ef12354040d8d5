"""The watch list with its map; putting countries on and off."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.situation.countries.atlas import airports
from hucheng.situation.countries.known import known_at
from hucheng.situation.countries.pages import KEEPERS, READERS
from hucheng.situation.origins.actions import end_watch, watch
from hucheng.situation.origins.forms import WatchForm
from hucheng.situation.origins.map import map_of
from hucheng.situation.origins.queries import ended_watches, proposals, summary, watch_list


@for_roles(*READERS)
@require_GET
def origins(request: Request) -> HttpResponse:
    """The countries watched, the map of their flights, and what is proposed."""
    return _show(request)


@for_roles(*KEEPERS)
@require_POST
def put_on(request: Request) -> HttpResponse:
    """Put a country on the watch list."""
    form = WatchForm(request.POST)
    return _act(request, partial(watch, **form.cleaned_data), form) if form.is_valid() else _show(request, form=form)


@for_roles(*KEEPERS)
@require_POST
def take_off(request: Request, watch_id: UUID) -> HttpResponse:
    """Take a country off the watch list."""
    return _act(request, partial(end_watch, watch_id=watch_id, why=request.POST.get("why", "")[:200]))


def _act(request: Request, act: Callable[..., object], sent: WatchForm | None = None) -> HttpResponse:
    """Do it; refused, the page comes back with the form as it was sent."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, sent)
    return redirect("situation:origins")


def _show(request: Request, refusal: Refusal | None = None, form: WatchForm | None = None) -> HttpResponse:
    now = known_at(request)
    lines = watch_list(request.actor, now)
    context = {
        "lines": lines,
        "sum": summary(lines),
        "map": map_of([airport for line in lines for airport in line.airports], airports()[settings.HUCHENG_PORT]),
        "proposals": proposals(request.actor, now),
        "ended": ended_watches(request.actor, now),
        "form": form or WatchForm(),
        "may_keep": request.actor.role in KEEPERS,
        "refusal": refusal,
        "now": now,
    }
    return render(request, "situation/origins.html", context, status=422 if refusal or form else 200)
