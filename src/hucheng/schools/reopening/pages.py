"""Stages with who opened when; announcing one; opening a school; closing and opening a unit."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.schools.readiness.forms import DayInput
from hucheng.schools.readiness.pages import OVERSEERS, act_on_school
from hucheng.schools.readiness.rules import line_of
from hucheng.schools.reopening import actions
from hucheng.schools.reopening.models import Alarm
from hucheng.schools.reopening.queries import closed_units, ready_for, stage_lines

ACTORS = (Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT)


class StageForm(forms.Form):
    """A stage to announce."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    grades = forms.MultipleChoiceField(
        label=_("Grades"),
        choices=[(str(grade), str(grade)) for grade in range(13)],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("0 stands for kindergartens."),
    )
    opens_on = forms.DateField(label=_("Day of return"), widget=DayInput, help_text=_("At least a week ahead."))


@for_roles(*OVERSEERS)
@require_GET
def reopening(request: Request) -> HttpResponse:
    """Every stage: the day, who opened when, who waits and for what."""
    return _show(request)


@for_roles(Role.DEPARTMENT)
@require_POST
def announce(request: Request) -> HttpResponse:
    """Announce a stage a week ahead."""
    form = StageForm(request.POST)
    if not form.is_valid():
        return _show(request, form=form)
    given = form.cleaned_data | {"grades": [int(grade) for grade in form.cleaned_data["grades"]]}
    key = "grades-" + "-".join(map(str, given["grades"]))
    try:
        actions.announce_stage(actor=request.actor, key=key, at=clock.now(), **given)
    except Refusal as no:
        return _show(request, no, form)
    return redirect("schools:reopening")


@for_roles(Role.COUNTY, Role.DEPARTMENT)
@require_POST
def open_ready(request: Request, key: str) -> HttpResponse:
    """Open every accepted school in sight for a stage."""
    try:
        ready = [school.pk for school in ready_for(request.actor, key, clock.now())]
        if not ready:
            raise Refusal(
                "nobody_ready", why=_g("No accepted school waits for this stage."), do=_g("Accept one first.")
            )
        actions.open_schools(actor=request.actor, key=key, school_ids=ready, at=clock.now())
    except Refusal as no:
        return _show(request, no)
    return redirect("schools:reopening")


@for_roles(*ACTORS)
@require_POST
def open_school(request: Request, school_id: UUID, key: str) -> HttpResponse:
    """Open one school for a stage."""
    return act_on_school(
        request,
        school_id,
        lambda: actions.open_schools(actor=request.actor, key=key, school_ids=[school_id], at=clock.now()),
    )


@for_roles(*ACTORS)
@require_POST
def alarm(request: Request, school_id: UUID) -> HttpResponse:
    """Record a finding in a class; it closes what it must."""

    def act() -> object:
        grade, number = request.POST.get("grade", ""), request.POST.get("class_number", "")
        kind = request.POST.get("kind", "")
        numbers = all(text.isdecimal() and len(text) < 4 for text in (grade, number))
        if not numbers or kind not in Alarm.Kind.values:
            raise Refusal("form_incomplete", why=_g("Grade, class or kind is missing."), do=_g("Fill in all three."))
        return actions.raise_alarm(
            actor=request.actor,
            school_id=school_id,
            kind=Alarm.Kind(kind),
            grade=int(grade),
            class_number=int(number),
            note=request.POST.get("note", ""),
            at=clock.now(),
        )

    return act_on_school(request, school_id, act)


@for_roles(Role.COUNTY, Role.DEPARTMENT)
@require_POST
def reopen(request: Request, school_id: UUID, closing_id: UUID) -> HttpResponse:
    """Let a closed unit return."""
    why = request.POST.get("why", "")
    return act_on_school(
        request,
        school_id,
        lambda: actions.reopen_unit(actor=request.actor, closing_id=closing_id, why=why, at=clock.now()),
    )


def _show(request: Request, refusal: Refusal | None = None, form: StageForm | None = None) -> HttpResponse:
    now = clock.now()
    context = {
        "lines": stage_lines(request.actor, now),
        "closings": list(closed_units(request.actor)[:100]),
        "form": form or StageForm(),
        "may_announce": request.actor.role == Role.DEPARTMENT and line_of(request.actor) is not None,
        "may_open": line_of(request.actor) is not None,
        "today": clock.today(),
        "now": now,
        "refusal": refusal,
    }
    return render(request, "schools/reopening.html", context, status=422 if refusal or form else 200)
