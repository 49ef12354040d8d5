"""The roster of fourteen days: fill, swap, hand over."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.duty.actions import ShiftIn, fill_roster, hand_over, swap
from hucheng.command.duty.queries import changes, leader_today, roster
from hucheng.command.duty.tables import roster_table
from hucheng.core import clock
from hucheng.core.design.tables import export_asked
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.ENTRY, Role.MEDICAL, Role.QUARANTINE)
KEEPERS = (Role.COMMAND_OFFICE,)
LEAVERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP)


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"


class ShiftForm(forms.Form):
    """Who leads on a day."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    leader = forms.CharField(label=_("Leader"), max_length=60)
    deputy = forms.CharField(label=_("Deputy"), max_length=60, required=False)


class SwapForm(forms.Form):
    """Two days that change their leaders."""

    first = forms.DateField(label=_("One day"), widget=DayInput)
    second = forms.DateField(label=_("The other day"), widget=DayInput)
    why = forms.CharField(label=_("Why"), max_length=200, required=False)


class NoteForm(forms.Form):
    """The note for the next leader."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    note = forms.CharField(label=_("Handover note"), widget=forms.Textarea({"rows": 3}), max_length=4000)


@for_roles(*READERS)
@require_GET
def duty(request: Request) -> HttpResponse:
    """Who leads when."""
    return _show(request)


@for_roles(*KEEPERS)
@require_POST
def fill(request: Request) -> HttpResponse:
    """Name the leader of one day."""
    form = ShiftForm(request.POST, auto_id="fill_%s")
    if not form.is_valid():
        return _show(request, fill_form=form)
    return _act(request, partial(fill_roster, shifts=[ShiftIn(**form.cleaned_data)]))


@for_roles(*KEEPERS)
@require_POST
def swap_days(request: Request) -> HttpResponse:
    """Swap two days."""
    form = SwapForm(request.POST, auto_id="swap_%s")
    if not form.is_valid():
        return _show(request, swap_form=form)
    return _act(request, partial(swap, **form.cleaned_data))


@for_roles(*LEAVERS)
@require_POST
def leave_note(request: Request) -> HttpResponse:
    """Leave the note of a day."""
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _show(request, note_form=form)
    return _act(request, partial(hand_over, **form.cleaned_data))


def _act(request: Request, act: Callable[..., object]) -> HttpResponse:
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no)
    return redirect("command:duty")


def _show(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    now = clock.now()
    today = {"day": clock.today()}
    table = roster_table(roster(request.actor, now))
    if file := export_asked(request, table):
        return file
    context = {
        "table": table,
        "leader": leader_today(request.actor, now),
        "changes": changes(request.actor),
        "may_keep": request.actor.role in KEEPERS,
        "may_leave": request.actor.role in LEAVERS,
        "fill_form": ShiftForm(auto_id="fill_%s"),
        "swap_form": SwapForm(auto_id="swap_%s"),
        "note_form": NoteForm(auto_id="note_%s", initial=today),
        "refusal": refusal,
        **bound,
    }
    return render(request, "command/duty.html", context, status=422 if refusal or bound else 200)
