"""Rules: the table in force, proposed tables with their findings, and what each would have changed."""

import re
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.core.uploads import bytes_of
from hucheng.engines.rules import Table, check
from hucheng.engines.rules.files import write_table
from hucheng.entry.triage.actions import RULERS, approve_table, propose_table
from hucheng.entry.triage.forms import ApproveForm, DaysForm, ProposeForm
from hucheng.entry.triage.models import RuleTable
from hucheng.entry.triage.queries import proposed_tables, rules_since, table_seen_by
from hucheng.entry.triage.tables import parsed, table_in_force
from hucheng.entry.triage.whatif import what_if
from hucheng.entry.triage.words import condition_in_words

READERS = (Role.COMMAND_OFFICE, Role.MEDICAL, Role.LEADING_GROUP, Role.ENTRY)
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "dmn": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@for_roles(*READERS)
def rules(request: Request) -> HttpResponse:
    """The table in force here and those proposed; command office and medical group send new ones."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form, refusal = ProposeForm(*sent), None
    if sent and form.is_valid():
        try:
            file = form.cleaned_data["file"]
            made = propose_table(actor=request.actor, data=bytes_of(file), name=file.name or "-", at=clock.now())
            return redirect("entry:proposal", made.pk)
        except Refusal as no:
            refusal = no
    now = clock.now()
    context = {
        "table": _in_language(table_in_force(request.actor.place, now)),
        "proposed": list(proposed_tables(request.actor)),
        "brought": rules_since(request.actor, now),
        "form": form,
        "refusal": refusal,
        "now": now,
        "may_propose": request.actor.role in RULERS,
    }
    return render(request, "entry/rules.html", context, status=422 if form.errors or refusal else 200)


@for_roles(*READERS)
@require_GET
def proposal(request: Request, table_id: UUID) -> HttpResponse:
    """One proposed table: findings, and who of the last days would be treated otherwise."""
    return _proposal(request, table_seen_by(request.actor, table_id))


@for_roles(Role.COMMAND_OFFICE, Role.MEDICAL)
@require_POST
def approve(request: Request, table_id: UUID) -> HttpResponse:
    """Let a proposed table judge from a time on."""
    form = ApproveForm(request.POST)
    if not form.is_valid():
        return _proposal(request, table_seen_by(request.actor, table_id), form=form)
    try:
        approve_table(actor=request.actor, table_id=table_id, since=form.cleaned_data["since"], at=clock.now())
    except Refusal as no:
        return _proposal(request, table_seen_by(request.actor, table_id), form=form, refusal=no)
    return redirect("entry:proposal", table_id)


@for_roles(*READERS)
@require_GET
def table_in_use(request: Request, form: str) -> HttpResponse:
    """The table in force here as a file, to change and send back."""
    return _file(table_in_force(request.actor.place, clock.now()), form)


@for_roles(*READERS)
@require_GET
def proposal_file(request: Request, table_id: UUID, form: str) -> HttpResponse:
    """A proposed table as a file."""
    return _file(parsed(table_seen_by(request.actor, table_id).text), form)


def _proposal(
    request: Request, found: RuleTable, *, form: ApproveForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    now, table, language = clock.now(), parsed(found.text), _language()
    asked = DaysForm(request.GET if "days" in request.GET else {"days": 14})
    findings = check(table)
    fatal = [finding for finding in findings if finding.fatal]
    days = asked.cleaned_data["days"] if asked.is_valid() else 14
    told = None if fatal else what_if(request.actor, table, days=days, at=now)
    mine = found.author_id == request.actor.user_id
    context = {
        "found": found,
        "table": _in_language(table),
        "findings": [(finding, finding.say.in_language(language)) for finding in findings],
        "fatal": len(fatal),
        "whatif": told,
        "people": [
            (one, *(text.in_language(language) for text in (one.old, one.new, one.old_why, one.new_why)))
            for one in (told.shown if told else ())
        ],
        "moves": [(a.in_language(language), b.in_language(language), n) for a, b, n in (told.moves if told else ())],
        "days_form": asked,
        "form": form or ApproveForm(initial={"since": now.astimezone(clock.SHANGHAI)}),
        "refusal": refusal,
        "mine": mine,
        "may_approve": request.actor.role in RULERS and not mine and not fatal and found.approved_at is None,
        "forms": FORMS,
    }
    return render(request, "entry/proposal.html", context, status=422 if refusal or (form and form.errors) else 200)


def _in_language(table: Table) -> dict[str, object]:
    """A table as the page shows it: every row with its conditions, in the language in force."""
    language = _language()
    rows = [
        {
            "row": row,
            "when": [condition_in_words(table.inputs[c.field], c.written) for c in row.conditions],
            "outcome": table.title_of(row.outcome).in_language(language),
            "reason": row.reason.in_language(language),
            "basis": row.basis.in_language(language),
            "since": row.since if row.since.year > 1 else None,
            "until": row.until if row.until.year < 9999 else None,
        }
        for row in table.rows
    ]
    return {"name": table.title.in_language(language), "version": table.version, "author": table.author, "rows": rows}


def _file(table: Table, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    answer = HttpResponse(write_table(table, name=f"t.{form}"), content_type=FORMS[form])
    name = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{table.name}-{table.version}")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _language() -> str:
    return get_language() or "zh"
