"""The release list, the certificate, the calls of the county."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.design.tables import export_asked
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import FontMissing, release_certificate
from hucheng.entry.door import SYMPTOMS
from hucheng.quarantine.release.actions import record_call, release_all
from hucheng.quarantine.release.forms import CallForm, ReleaseForm
from hucheng.quarantine.release.papers import paper_of
from hucheng.quarantine.release.queries import calls_owed, due_list, release_seen_by, releases_seen_by
from hucheng.quarantine.release.tables import due_table, releases_table

READERS = (Role.QUARANTINE, Role.HOUSE, Role.MEDICAL, Role.COMMAND_OFFICE)


@for_roles(*READERS)
@require_GET
def releases(request: Request) -> HttpResponse:
    """Who may go today, and which condition holds the others."""
    return _list(request)


@for_roles(Role.QUARANTINE)
@require_POST
def let_go(request: Request) -> HttpResponse:
    """Release those ticked, to one place; whoever must stay is named with the reason."""
    rows = due_list(request.actor, clock.now())
    form = ReleaseForm(request.POST, stays=[row.stay.pk for row in rows], ticked=request.POST.getlist("stays"))
    if not form.is_valid():
        return _list(request, form=form)
    try:
        released = release_all(actor=request.actor, at=clock.now(), **form.release_to())
    except Refusal as no:
        return _list(request, refusal=no)
    if released.kept:
        return _list(request, refusal=released.kept[0][1], kept=len(released.kept))
    return redirect("quarantine:releases")


@for_roles(*READERS)
@require_GET
def certificate(request: Request, release_id: UUID) -> HttpResponse:
    """The certificate of release as PDF."""
    found = release_seen_by(request.actor, release_id)
    language = get_language() or "zh-hans"
    try:
        paper = release_certificate(paper_of(found), lang=language)
    except FontMissing as missing:
        no = Refusal("font_missing", why=missing.why.in_language(language), do=missing.do.in_language(language))
        return _list(request, refusal=no)
    return HttpResponse(paper, content_type="application/pdf")


@for_roles(Role.COUNTY, Role.QUARANTINE)
def calls(request: Request) -> HttpResponse:
    """Calls owed today by the county; a symptom leads to a new triage at once."""
    form, refusal = CallForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        symptom = form.cleaned_data["symptom"]
        call, told = form.cleaned_data["call"], (symptom,) if symptom else ()
        try:
            record_call(actor=request.actor, follow_up_id=call, symptoms=told, at=clock.now())
            return redirect("quarantine:calls")
        except Refusal as no:
            refusal = no
    rows = list(calls_owed(request.actor, clock.today())[:500])
    left = sum(row.reached_at is None for row in rows)
    context = {"rows": rows, "left": left, "form": form, "symptoms": SYMPTOMS.items(), "refusal": refusal}
    return render(request, "quarantine/calls.html", context, status=422 if form.errors or refusal else 200)


def _list(
    request: Request, refusal: Refusal | None = None, form: ReleaseForm | None = None, kept: int = 0
) -> HttpResponse:
    rows = due_list(request.actor, clock.now())
    may_release = request.actor.role == Role.QUARANTINE
    inside = due_table(rows[:300], may_release=may_release, ticked=form.ticked if form else ())
    made = releases_table(list(releases_seen_by(request.actor)[:100]))
    if file := export_asked(request, inside, made):
        return file
    context = {
        "rows": inside.rows,
        "inside": inside,
        "made": made,
        "ready": sum(row.ready for row in rows),
        "form": form or ReleaseForm(),
        "may_release": may_release,
        "refusal": refusal,
        "kept": kept,
    }
    return render(request, "quarantine/releases.html", context, status=422 if refusal or form else 200)
