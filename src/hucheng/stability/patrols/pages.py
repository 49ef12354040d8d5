"""Fire danger by county with the patrols done, and one county: why the grade, what to do, plan and prove."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal, spoken
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.stability.fire.danger import Danger
from hucheng.stability.fire.queries import CountyDanger, counties, county, season
from hucheng.stability.forms import READERS, REPORTERS
from hucheng.stability.patrols.actions import plan_patrols, prove_patrols
from hucheng.stability.patrols.forms import PlanForm, ProofForm
from hucheng.stability.patrols.queries import Alarm, PatrolDay, alarms, patrol_days, patrols_of

if TYPE_CHECKING:
    from django.utils.functional import Promise

KINDS = {1: "ok", 2: "ok", 3: "run", 4: "warn", 5: "bad"}


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county as the pages show it."""

    county: CountyDanger
    patrols: PatrolDay

    @property
    def kind(self) -> str:
        """The status kind of the grade in force."""
        return kind_of(self.county.now)

    @property
    def word(self) -> "str | Promise":
        """The grade in words, or why there is none."""
        if not self.county.stations:
            return _("no station")
        return grade_word(self.county.now)

    @property
    def advice(self) -> "str | Promise":
        """What to do now."""
        return advice(self.county, self.patrols)


@for_roles(*READERS)
@require_GET
def fire(request: Request) -> HttpResponse:
    """Every county in sight: grade in force, inputs, trend, patrols, what to do."""
    now, today = clock.now(), clock.today()
    stations = season(request.actor, now)
    done = patrol_days(request.actor, today, today, now)
    found = counties(request.actor, now, stations)
    lines = [CountyLine(one, done.get((one.place.code, today), PatrolDay())) for one in found]
    graded = [line for line in lines if line.county.now and line.county.now.grade]
    context = {
        "lines": lines,
        "high": [line for line in graded if line.county.now and line.county.now.high],
        "graded": graded,
        "blind": [line for line in lines if line.county.stations and line not in graded],
        "alarms": _named(alarms(request.actor, now, stations), lines),
        "planned": sum(line.patrols.planned for line in lines),
        "proven": sum(line.patrols.proven for line in lines),
        "now": now,
    }
    return render(request, "stability/fire.html", context)


@for_roles(*READERS)
@require_GET
def one_county(request: Request, place: str) -> HttpResponse:
    """One county's day."""
    return _show(request, place)


@for_roles(*REPORTERS)
@require_POST
def plan(request: Request, place: str) -> HttpResponse:
    """Plan patrols of a county."""
    form = PlanForm(request.POST, auto_id="plan_%s")
    if not form.is_valid():
        return _show(request, place, plan_form=form)
    return _act(request, place, partial(plan_patrols, place=place, patrols=form.patrols()), plan_form=form)


@for_roles(*REPORTERS)
@require_POST
def prove(request: Request, place: str) -> HttpResponse:
    """Prove patrols of a county."""
    waiting = [one for one in patrols_of(request.actor, place, clock.today()) if not hasattr(one, "proof")]
    form = ProofForm(request.POST, open_patrols=waiting, auto_id="prove_%s")
    if not form.is_valid():
        return _show(request, place, proof_form=form)
    return _act(request, place, partial(prove_patrols, proofs=form.proofs()), proof_form=form)


def kind_of(danger: Danger | None) -> str:
    """The status kind of a day's grade."""
    return KINDS[danger.grade.number] if danger and danger.grade else "blind"


def grade_word(danger: Danger | None) -> "str | Promise":
    """A day's grade in words."""
    return spoken(danger.grade.name) if danger and danger.grade else _("blind")


def advice(county: CountyDanger, patrols: PatrolDay) -> "str | Promise":
    """What to do in a county now, from its grade and its patrols."""
    if not county.stations:
        return _("No station speaks for this county: agree on one with the weather bureau.")
    danger = county.now
    if danger is None or danger.grade is None:
        return _(
            "Send the missing observation, or ask the department to start the series anew; patrol as on a red day."
        )
    if danger.high and not patrols.planned:
        return _("Plan patrols now and prove them; no open fire, crews ready within thirty minutes.")
    if danger.high and patrols.proven == patrols.planned:
        return _("Every planned patrol is proven; no open fire, crews ready within thirty minutes.")
    if danger.high:
        return _("Prove each patrol by its time; no open fire, crews ready within thirty minutes.")
    if danger.grade.number == 3:
        return _("Keep the checkpoints staffed and be ready to patrol.")
    return _("Usual duty; report the weather of tomorrow's noon.")


def _named(found: list[Alarm], lines: list[CountyLine]) -> list[tuple[str, Alarm]]:
    names = {line.county.place.code: line.county.place.name for line in lines}
    return [(names[alarm.place], alarm) for alarm in found if alarm.place in names]


def _act(request: Request, place: str, act: Callable[..., object], **sent: forms.Form) -> HttpResponse:
    """Do it; refused, the page comes back with the form as it was sent."""
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, place, no, **sent)
    return redirect("stability:county", place)


def _show(request: Request, place: str, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    now, today = clock.now(), clock.today()
    found = county(request.actor, place, now)
    patrols = patrols_of(request.actor, place, today)
    waiting = [one for one in patrols if not hasattr(one, "proof")]
    done = patrol_days(request.actor, today, today, now).get((place, today), PatrolDay())
    context = {
        "line": CountyLine(found, done),
        "patrols": patrols,
        "alarms": [alarm for alarm in alarms(request.actor, now) if alarm.place == place],
        "days": [(day, kind_of(day), grade_word(day)) for one in found.stations for day in one.days[-14:][::-1]],
        "may_report": request.actor.role in REPORTERS,
        "plan_form": PlanForm(auto_id="plan_%s"),
        "proof_form": ProofForm(open_patrols=waiting, initial={"done_at": now}, auto_id="prove_%s"),
        "waiting": waiting,
        "now": now,
        "refusal": refusal,
        **bound,
    }
    return render(request, "stability/county.html", context, status=422 if refusal or bound else 200)
