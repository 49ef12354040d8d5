"""Published counts and public facts."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.places.queries import place_names
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.situation.countries.known import known_at
from hucheng.situation.countries.pages import KEEPERS, READERS
from hucheng.situation.importation.actions import correct_cases, note_fact, report_cases
from hucheng.situation.importation.forms import CasesForm, FactForm
from hucheng.situation.importation.queries import counted_area, facts, found, latest_reports


@for_roles(*READERS)
@require_GET
def importation(request: Request) -> HttpResponse:
    """Counts that stand, where cases were found, and the facts beside the board."""
    return _show(request)


@for_roles(*KEEPERS)
@require_POST
def report(request: Request) -> HttpResponse:
    """Record a published count."""
    form = CasesForm(request.POST, auto_id="cases_%s")
    if not form.is_valid():
        return _show(request, cases_form=form)
    return _act(request, partial(report_cases, cases=form.cases()), cases_form=form)


@for_roles(*KEEPERS)
@require_POST
def correct(request: Request, report_id: UUID) -> HttpResponse:
    """Replace a count by what was published later."""
    form = CasesForm(request.POST, auto_id="cases_%s")
    if not form.is_valid():
        return _show(request, opened=report_id, cases_form=form)
    act = partial(correct_cases, report_id=report_id, cases=form.cases())
    return _act(request, act, report_id, cases_form=form)


@for_roles(*KEEPERS)
@require_POST
def note(request: Request) -> HttpResponse:
    """Note a public fact."""
    form = FactForm(request.POST, auto_id="fact_%s")
    if not form.is_valid():
        return _show(request, fact_form=form)
    return _act(request, partial(note_fact, **form.given()), fact_form=form)


def _act(
    request: Request, act: Callable[..., object], opened: UUID | None = None, **sent: CasesForm | FactForm
) -> HttpResponse:
    """Do it; refused, the page comes back with the form as it was sent, a correction with its count open."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, opened, **sent)
    return redirect("situation:importation")


def _show(
    request: Request, refusal: Refusal | None = None, opened: UUID | None = None, **bound: CasesForm | FactForm
) -> HttpResponse:
    now, actor = known_at(request), request.actor
    names = place_names()
    area = counted_area(actor, now)
    wanted = str(opened or request.GET.get("correct", ""))
    rows = latest_reports(actor, now)
    current = next((row for row in rows if str(row.pk) == wanted), None)
    first = _first_values(current) if current else {"published_on": clock.today(), "about": actor.place}
    context = {
        "rows": [(row, names.get(row.about)) for row in rows],
        "found": found(actor, now, about=area),
        "area": names.get(area),
        "facts": facts(actor, now),
        "cases_form": CasesForm(auto_id="cases_%s", initial=first),
        "fact_form": FactForm(auto_id="fact_%s", initial={"as_of": clock.today()}),
        "current": current,
        "now": now,
        "may_keep": actor.role in KEEPERS,
        "refusal": refusal,
        **bound,
    }
    return render(request, "situation/importation.html", context, status=422 if refusal or bound else 200)


def _first_values(row: object) -> dict[str, object]:
    """A count as its form shows it, to be corrected; published today."""
    values = {name: getattr(row, name) for name in CasesForm.base_fields}
    return values | {"published_on": clock.today()}
