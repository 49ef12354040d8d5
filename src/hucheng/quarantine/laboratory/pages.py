"""Samples that are due, results with their problems, the queue, positives to tell."""

import csv
import io
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers.sheets import plain_text
from hucheng.quarantine.laboratory import actions, queries
from hucheng.quarantine.laboratory.actions import SampleIn
from hucheng.quarantine.laboratory.problems import PROBLEMS

READERS = (Role.LABORATORY, Role.MEDICAL, Role.QUARANTINE, Role.HOUSE)
LAB = (Role.LABORATORY, Role.MEDICAL)
WATCHERS = (Role.COMMAND_OFFICE, Role.LEADING_GROUP)
"""They open the rows behind the numbers of the board and change nothing here."""
SHOWN = 200
_NO_FILE = Refusal(
    "no_file", why=_("No file was chosen."), do=_("Choose a CSV file or a workbook with one row a sample.")
)


@for_roles(*READERS, *WATCHERS)
def samples(request: Request) -> HttpResponse:
    """Who owes a sample, by house and desk; tubes are scanned in beside each name."""
    refusal = None
    if request.method == "POST":
        try:
            actions.take_samples(actor=request.actor, samples=_scanned(request), at=clock.now())
            return redirect("quarantine:samples")
        except Refusal as no:
            refusal = no
    return _show_samples(request, refusal)


@for_roles(*READERS)
@require_POST
def send(request: Request) -> HttpResponse:
    """Everything taken and not yet sent goes to the laboratory."""
    try:
        actions.send_samples(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show_samples(request, no)
    return redirect("quarantine:samples")


@for_roles(*LAB)
def results(request: Request) -> HttpResponse:
    """Deliveries of results, and the upload."""
    refusal = None
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise _NO_FILE
            name, data = file.name or "-", file.read()
            done = actions.receive_results(actor=request.actor, name=name, data=data, at=clock.now())
            return redirect("quarantine:batch", done.pk)
        except Refusal as no:
            refusal = no
    page = Paginator(queries.batches_seen_by(request.actor), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "queue": queries.queue_of(request.actor).count(),
        "waiting": queries.waiting_samples(request.actor).count(),
        "refusal": refusal,
    }
    return render(request, "quarantine/results.html", context, status=422 if refusal else 200)


@for_roles(*LAB)
@require_GET
def template(request: Request) -> HttpResponse:
    """An empty list with the heads that are understood."""
    return _csv([["barcode 条码", "result 结果", "tested at 检测时间"]], "results-template.csv")


@for_roles(*LAB)
@require_GET
def batch(request: Request, batch_id: UUID) -> HttpResponse:
    """One delivery: what became of its rows, and each row with a problem."""
    found = queries.batch_seen_by(request.actor, batch_id)
    rows = [(row, *PROBLEMS[row.problem]) for row in queries.rows_with_problems(found)[:SHOWN]]
    return render(request, "quarantine/batch.html", {"batch": found, "rows": rows})


@for_roles(*LAB)
@require_GET
def problems(request: Request, batch_id: UUID) -> HttpResponse:
    """The rows with a problem, to be mended and sent again; those that went through do no harm a second time."""
    found = queries.batch_seen_by(request.actor, batch_id)
    lines = [["line", "barcode 条码", "result 结果", "tested at 检测时间", "field", "why", "remedy"]]
    for row in queries.rows_with_problems(found):
        field, why, do = PROBLEMS[row.problem]
        when = row.tested_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if row.tested_at else ""
        lines.append([str(row.line), row.barcode, row.result, when, str(field), str(why), str(do)])
    return _csv(lines, "results-to-mend.csv")


@for_roles(*LAB, *WATCHERS)
@require_GET
def queue(request: Request) -> HttpResponse:
    """Results without a person, oldest first."""
    return _show_queue(request)


@for_roles(*LAB)
@require_POST
def settle(request: Request, row_id: UUID) -> HttpResponse:
    """Give a row to its sample, or set it aside with the reason."""
    actor, now = request.actor, clock.now()
    try:
        if "aside" in request.POST:
            actions.set_aside(actor=actor, row_id=row_id, why=request.POST.get("why", ""), at=now)
        else:
            actions.settle_row(actor=actor, row_id=row_id, barcode=request.POST.get("barcode", ""), at=now)
    except Refusal as no:
        return _show_queue(request, no)
    return redirect("quarantine:queue")


@for_roles(*READERS, *WATCHERS)
@require_GET
def positives(request: Request) -> HttpResponse:
    """Whom to tell of a positive result, and until when."""
    return _show_positives(request)


@for_roles(*READERS)
@require_POST
def tell(request: Request, sample_id: UUID) -> HttpResponse:
    """Somebody was told."""
    try:
        actions.tell_positive(actor=request.actor, sample_id=sample_id, at=clock.now())
    except Refusal as no:
        return _show_positives(request, no)
    return redirect("quarantine:positives")


def _scanned(request: Request) -> list[SampleIn]:
    """The tubes typed or scanned in; empty fields are people who wait."""
    typed = {name.removeprefix("tube-"): str(code) for name, code in request.POST.items() if name.startswith("tube-")}
    try:
        return [SampleIn(UUID(person), code) for person, code in typed.items() if code.strip()]
    except ValueError:
        raise Http404 from None


def _show_samples(request: Request, refusal: Refusal | None) -> HttpResponse:
    now = clock.now()
    owed, waiting = queries.due_samples(request.actor, now), queries.waiting_samples(request.actor)
    page = Paginator(owed, SHOWN).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "owed": len(owed),
        "late": sum(one.late for one in owed),
        "unsent": waiting.filter(sent_at=None).count(),
        "waiting": waiting[:SHOWN],
        "awaited": waiting.count(),
        "may_take": request.actor.role in READERS,
        "refusal": refusal,
    }
    return render(request, "quarantine/samples.html", context, status=422 if refusal else 200)


def _show_queue(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    now = clock.now()
    rows = [(row, *PROBLEMS[row.problem][1:]) for row in queries.queue_of(request.actor)[:SHOWN]]
    late = sum(row.received_at <= now - queries.SETTLE_WITHIN for row, _why, _do in rows)
    context = {
        "rows": rows,
        "late": late,
        "limit": now - queries.SETTLE_WITHIN,
        "may_settle": request.actor.role in LAB,
        "refusal": refusal,
    }
    return render(request, "quarantine/queue.html", context, status=422 if refusal else 200)


def _show_positives(request: Request, refusal: Refusal | None = None) -> HttpResponse:
    calls = queries.calls_to_make(request.actor, clock.now())
    left = [call for call in calls if call.sample.told_at is None]
    context = {
        "calls": calls,
        "left": len(left),
        "late": sum(call.late for call in left),
        "may_tell": request.actor.role in READERS,
        "refusal": refusal,
    }
    return render(request, "quarantine/positives.html", context, status=422 if refusal else 200)


def _csv(lines: list[list[str]], name: str) -> HttpResponse:
    out = io.StringIO()
    csv.writer(out).writerows([plain_text(cell) for cell in line] for line in lines)
    answer = HttpResponse(("\ufeff" + out.getvalue()).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
