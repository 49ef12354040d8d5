"""The list of today's checks, for a phone; one person at a time."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from hucheng.core import clock
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.quarantine.checks.actions import record_checks
from hucheng.quarantine.checks.forms import CheckForm
from hucheng.quarantine.checks.queries import ToCheck, list_of_now, slot_at

CHECKERS = (Role.HOUSE, Role.QUARANTINE, Role.MEDICAL)


@for_roles(*CHECKERS)
def checks(request: Request) -> HttpResponse:
    """Everybody of the house with whether the check of this slot is done."""
    rows = list_of_now(request.actor, clock.now())
    left = [row for row in rows if not row.done]
    return render(request, "quarantine/checks.html", {"rows": rows, "left": left, "slot": slot_at(clock.now())})


@for_roles(*CHECKERS)
def check(request: Request, stay_id: UUID) -> HttpResponse:
    """Check one person; then the next one comes at once."""
    now = clock.now()
    rows = list_of_now(request.actor, now)
    person = next((row for row in rows if row.stay_id == stay_id), None)
    if person is None:
        raise Http404
    form, refusal = CheckForm(request.POST or None, initial={"key": uuid4()}), None
    if request.method == "POST" and form.is_valid():
        try:
            record_checks(actor=request.actor, checks=[form.as_check(stay_id, now)], at=now)
            return _next(rows, person)
        except Refusal as no:
            refusal = no
    context = {"person": person, "form": form, "refusal": refusal}
    return render(request, "quarantine/check.html", context, status=422 if form.errors or refusal else 200)


def _next(rows: list[ToCheck], person: ToCheck) -> HttpResponse:
    waiting = [row for row in rows if not row.done and row.stay_id != person.stay_id]
    return redirect("quarantine:check", waiting[0].stay_id) if waiting else redirect("quarantine:checks")
