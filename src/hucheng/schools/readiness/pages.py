"""A school's workbench, the matrix of county and city, one school, and what may be done there."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hucheng.core import clock
from hucheng.core.places.models import Place
from hucheng.core.places.queries import place_names
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import handover_xlsx
from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.readiness import actions, queries
from hucheng.schools.readiness.forms import PieceForm, StatementForm
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.models import Line, SelfCheck, State, Verdict
from hucheng.schools.readiness.rules import line_of
from hucheng.schools.reopening.models import Alarm
from hucheng.schools.reopening.queries import closed_units, grades_open, openings_of, stage_of_grade12, stages_for

OVERSEERS = (Role.COUNTY, Role.DEPARTMENT, Role.LEADING_GROUP, Role.COMMAND_OFFICE)
READERS = (*OVERSEERS, Role.SCHOOL)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOTHING_NEW = Refusal(
    "nothing_new",
    why=gettext_lazy("This is what stands already."),
    do=gettext_lazy("Change what was returned, or leave it."),
)


@for_roles(Role.SCHOOL)
@require_GET
def workbench(request: Request) -> HttpResponse:
    """The own school: what holds, what is missing, what to do next."""
    return _workbench(request)


@for_roles(Role.SCHOOL)
@require_http_methods(["GET", "POST"])
def self_check(request: Request, school_id: UUID, number: str) -> HttpResponse:
    """State one item of the own school."""
    row, refusal = queries.item_seen_by(request.actor, school_id, number), None
    given = request.POST if request.method == "POST" else None
    form = StatementForm(given, number=row.number, initial=_as_stated(row.declared))
    if given is not None and form.is_valid():
        try:
            made = actions.declare(
                actor=request.actor, school_id=school_id, statements=[form.statement], at=clock.now()
            )
            if not made:
                raise _NOTHING_NEW
            return redirect("schools:workbench")
        except Refusal as no:
            refusal = no
    cell = queries.Cell(row, row.state(clock.today()))
    context = {"school": row.school, "cell": cell, "item": row.item, "form": form, "refusal": refusal}
    return render(request, "schools/self_check.html", context, status=422 if given is not None else 200)


@for_roles(*OVERSEERS)
@require_GET
def matrix(request: Request) -> HttpResponse:
    """Schools by ten items: who is ready, what holds the others."""
    now, county = clock.now(), request.GET.get("county", "")
    every = queries.lines(request.actor, now)
    chosen = _chosen(request, every)
    places = place_names()
    graduates = [line for line in every if 12 in line.school.grades]
    context = {
        "groups": _groups(chosen, places),
        "shown": len(chosen),
        "total": len(graduates),
        "ready": sum(line.ready for line in graduates),
        "shares": queries.ready_by_county(every),
        "blocking": queries.blocking_items(every),
        "items": TEN.values(),
        "legend": State,
        "counties": [(code, _name(places, code)) for code in sorted({line.school.place for line in every})],
        "county": county,
        "show": request.GET.get("show", ""),
        "stage": stage_of_grade12(request.actor),
        "today": clock.today(),
        "now": now,
        "query": request.GET.urlencode(),
    }
    return render(request, "schools/matrix.html", context)


@for_roles(*OVERSEERS)
@require_GET
def matrix_xlsx(request: Request) -> HttpResponse:
    """The matrix as it is shown, as a workbook."""
    places = place_names()
    rows = [
        {
            _("School code"): line.school.code,
            _("County"): _name(places, line.school.place),
            _("School"): line.school.name,
            _("Pupils of grade 12"): str(line.school.grade12),
            **{f"{cell.row.number} {cell.row.item.name}": str(cell.state.label) for cell in line.cells},
            _("Result"): _("ready") if line.ready else _("not ready"),
            _("What holds it"): line.missing_words,
        }
        for line in _chosen(request, queries.lines(request.actor, clock.now()))
    ]
    reply = HttpResponse(handover_xlsx(rows, title=_("Ten in place")), content_type=XLSX)
    reply["Content-Disposition"] = f'attachment; filename="schools-{clock.now():%Y%m%d-%H%M}.xlsx"'
    return reply


@for_roles(*READERS)
@require_GET
def school(request: Request, school_id: UUID) -> HttpResponse:
    """One school, fit to print: items, signatures, what opened, what closed, what was said when."""
    return show_school(request, school_id)


@for_roles(Role.COUNTY, Role.DEPARTMENT)
@require_POST
def inspect(request: Request, school_id: UUID) -> HttpResponse:
    """Accept, spot-check or return the chosen items of a school."""

    def act() -> object:
        known = {str(cell.row.pk): cell.row.pk for cell in _line(request, school_id).cells}
        chosen = [known[key] for key in request.POST.getlist("item") if key in known]
        if not chosen:
            raise Refusal("nothing_chosen", why=_("No item was chosen."), do=_("Tick at least one."))
        answer, reason = request.POST.get("answer", ""), request.POST.get("reason", "")
        if answer not in Verdict.Answer.values:
            raise Http404
        return actions.inspect(
            actor=request.actor, item_ids=chosen, answer=Verdict.Answer(answer), reason=reason, at=clock.now()
        )

    return act_on_school(request, school_id, act)


@for_roles(Role.SCHOOL, Role.COUNTY, Role.DEPARTMENT)
@require_POST
def sign(request: Request, school_id: UUID) -> HttpResponse:
    """Answer for a school in one's own line."""
    return act_on_school(
        request, school_id, lambda: actions.sign(actor=request.actor, school_ids=[school_id], at=clock.now())
    )


def act_on_school(request: Request, school_id: UUID, act: Callable[[], object]) -> HttpResponse:
    """Do one thing to a school and show where the person came from: the workbench, or the school with a refusal."""
    try:
        act()
    except Refusal as no:
        if request.actor.role == Role.SCHOOL:
            return _workbench(request, no)
        return show_school(request, school_id, no)
    if request.actor.role == Role.SCHOOL:
        return redirect("schools:workbench")
    return redirect("schools:school", school_id)


def show_school(request: Request, school_id: UUID, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a school, with a refusal where one was met."""
    line = _line(request, school_id)
    context = {
        **_of_school(request, line),
        "history": list(queries.history_of(line.school)),
        "may_inspect": request.actor.role in (Role.COUNTY, Role.DEPARTMENT) and line_of(request.actor) is not None,
        "may_sign": not line.gaps and not line.pieces_missing and line_of(request.actor) not in (None, *line.signed),
        "may_reopen": request.actor.role in (Role.COUNTY, Role.DEPARTMENT),
        "refusal": refusal,
    }
    return render(request, "schools/school.html", context, status=422 if refusal else 200)


def _workbench(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    line = next(iter(queries.lines(request.actor, clock.now())), None)
    if line is None:
        return render(request, "schools/no_school.html", {"code": request.actor.unit})
    context = {
        **_of_school(request, line),
        "may_sign": Line.SCHOOL not in line.signed
        and not line.pieces_missing
        and all(gap.state == State.TO_INSPECT for gap in line.gaps),
        "piece_form": PieceForm(auto_id="piece_%s"),
        "held": len(line.cells) - len(line.gaps),
        "refusal": refusal,
    }
    return render(request, "schools/workbench.html", context, status=422 if refusal else 200)


def _of_school(request: Request, line: queries.SchoolLine) -> dict[str, object]:
    opened = list(openings_of(line.school))
    keys, today = {opening.key for opening in opened}, clock.today()
    stages = [stage for stage in stages_for(request.actor) if line.school.grades & set(stage.grades)]
    return {
        "line": line,
        "school": line.school,
        "place": place_names().get(line.school.place),
        "pieces": [(kind, line.pieces.get(kind)) for kind in PlanPiece.Kind],
        "signatures": [(one, line.signed.get(one)) for one in Line],
        "openings": opened,
        "stages": [(stage, stage.opens_on <= today) for stage in stages if stage.key not in keys],
        "grades": sorted(grades_open(line.school)),
        "alarm_kinds": Alarm.Kind.choices,
        "closings": [unit for unit in closed_units(request.actor) if unit.school_id == line.school.pk],
        "now": clock.now(),
    }


def _line(request: Request, school_id: UUID) -> queries.SchoolLine:
    return queries.line_seen_by(request.actor, school_id, clock.now())


def _chosen(request: Request, every: list[queries.SchoolLine]) -> list[queries.SchoolLine]:
    county, show = request.GET.get("county", ""), request.GET.get("show", "")
    if show not in ("", "open", "ready"):
        raise Http404
    rows = [line for line in every if not county or line.school.place == county]
    return [line for line in rows if not show or line.ready == (show == "ready")]


def _groups(
    chosen: list[queries.SchoolLine], places: dict[str, Place]
) -> list[tuple[str, list[queries.SchoolLine], int]]:
    groups: dict[str, list[queries.SchoolLine]] = {}
    for line in chosen:
        groups.setdefault(line.school.place, []).append(line)
    return [(_name(places, code), group, sum(line.ready for line in group)) for code, group in groups.items()]


def _name(places: dict[str, Place], code: str) -> str:
    """The name of a county; its code where no division has it."""
    return places[code].name if code in places else code


def _as_stated(check: SelfCheck | None) -> dict[str, object]:
    if check is None:
        return {}
    return {
        "in_place": "yes" if check.in_place else "no",
        "evidence": check.evidence,
        "figure": check.figure,
        "reference": check.reference,
        "valid_until": check.valid_until,
    }
