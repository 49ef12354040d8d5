"""Sending a list of directives, looking at its rows, taking it in."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.command.directives.units import choices
from hucheng.command.lists.actions import receive_list, take_list
from hucheng.command.lists.columns import COLUMNS
from hucheng.command.lists.queries import list_seen_by, lists_seen_by, rows_to_look_at, to_mend
from hucheng.core import clock
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES
from hucheng.core.places.queries import organisations
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.core.uploads import bytes_of
from hucheng.engines.papers import handover_xlsx

OFFICE = (Role.COMMAND_OFFICE,)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNIT = "unit-"


class ListForm(forms.Form):
    """A sheet and the day from which its words count."""

    file = forms.FileField(label=_("Workbook or CSV"), widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}))
    held_on = forms.DateField(
        label=_("Decided on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Words such as “within two days” count from this day."),
    )


@for_roles(*OFFICE)
def lists(request: Request) -> HttpResponse:
    """Lists sent before, and the form for another one."""
    today = clock.now().astimezone(SHANGHAI).date()
    form, refusal = ListForm(request.POST or None, request.FILES or None, initial={"held_on": today}), None
    if form.is_valid():
        file, day = form.cleaned_data["file"], form.cleaned_data["held_on"]
        try:
            data = bytes_of(file)
            made = receive_list(actor=request.actor, name=file.name or "-", data=data, held_on=day, at=clock.now())
            return redirect("command:list", made.pk)
        except Refusal as no:
            refusal = no
    context = {"lines": lists_seen_by(request.actor), "form": form, "refusal": refusal}
    return render(request, "command/lists.html", context, status=422 if refusal or form.errors else 200)


@for_roles(*OFFICE)
@require_GET
def directive_list(request: Request, list_id: UUID) -> HttpResponse:
    """The rows of one list: what each would become, who would lead, what is wrong."""
    return _show(request, list_id)


@for_roles(*OFFICE)
@require_POST
def take(request: Request, list_id: UUID) -> HttpResponse:
    """Take the rows without fault in, with the leads as they now stand in the fields."""
    units = {
        int(name.removeprefix(UNIT)): str(text)
        for name, text in request.POST.items()
        if name.startswith(UNIT) and name.removeprefix(UNIT).isdecimal()
    }
    try:
        take_list(actor=request.actor, list_id=list_id, units=units, at=clock.now())
    except Refusal as no:
        return _show(request, list_id, refusal=no, units=units)
    return redirect("command:list", list_id)


@for_roles(*OFFICE)
@require_GET
def mend_file(request: Request, list_id: UUID) -> HttpResponse:
    """The rows to mend as they came, each with what is wrong, to be mended and sent again."""
    rows = to_mend(list_seen_by(request.actor, list_id), clock.now())
    return _workbook(rows, _g("Rows to mend"), "directives-to-mend")


@for_roles(*OFFICE)
@require_GET
def template(request: Request) -> HttpResponse:
    """An empty list with its heads and one example."""
    units, measure = choices(organisations()), next(iter(MEASURES.values()))
    example = {"text": _g("Example: take three hotels within two days"), "unit": units[0][1] if units else ""}
    example |= {"due": "2020-03-26 18:00", "measure": str(measure.name)}
    rows = [{column.head: example.get(column.field, "") for column in COLUMNS}]
    return _workbook(rows, _g("Directives"), "directives")


def _show(
    request: Request, list_id: UUID, *, refusal: Refusal | None = None, units: dict[int, str] | None = None
) -> HttpResponse:
    found, known = list_seen_by(request.actor, list_id), organisations()
    typed = units or {}
    rows = rows_to_look_at(found, clock.now(), typed)
    shown: list[dict[str, Any]] = [
        {
            "row": row,
            "unit": typed.get(row.line, str(known[row.unit]) if row.unit in known else row.written),
            "field": f"{UNIT}{row.line}",
            "measure": MEASURES[row.measure].name if row.measure else row.no_measure,
            "editable": not any(fault.field != "unit" for fault in row.faults),
        }
        for row in rows
    ]
    context = {
        "list": found,
        "shown": shown,
        "good": sum(not row.faults for row in rows),
        "wrong": sum(bool(row.faults) for row in rows),
        "units": choices(known),
        "refusal": refusal,
    }
    return render(request, "command/list.html", context, status=422 if refusal else 200)


def _workbook(rows: list[dict[str, str]], title: str, name: str) -> HttpResponse:
    reply = HttpResponse(handover_xlsx(rows, title=title), content_type=XLSX)
    reply["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return reply
