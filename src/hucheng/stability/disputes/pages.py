"""The register of disputes."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from hucheng.core import clock
from hucheng.core.places.queries import counties_of
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.stability.disputes.actions import file_dispute, reach_both_sides, settle
from hucheng.stability.disputes.forms import DisputeForm
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.disputes.queries import open_disputes, settled_disputes
from hucheng.stability.forms import READERS, REPORTERS


@for_roles(*READERS)
def disputes(request: Request) -> HttpResponse:
    """Open disputes, oldest first; a new one by POST."""
    if request.method != "POST" or request.actor.role not in REPORTERS:
        return _show(request)
    form = DisputeForm(request.POST, places=counties_of(request.actor.place), auto_id="dispute_%s")
    if not form.is_valid():
        return _show(request, dispute_form=form)
    act = partial(file_dispute, place=form.cleaned_data["place"], given=form.given())
    return _act(request, act, dispute_form=form)


@for_roles(*REPORTERS)
@require_POST
def reach(request: Request, dispute_id: UUID) -> HttpResponse:
    """Record that both sides were reached."""
    return _act(request, partial(reach_both_sides, dispute_id=dispute_id))


@for_roles(*REPORTERS)
@require_POST
def end(request: Request, dispute_id: UUID) -> HttpResponse:
    """Settle a dispute."""
    how = request.POST.get("how", "")
    if how not in Dispute.Settled.values:
        no = Refusal("no_end", why=_("How it ended was not said."), do=_("Choose how the dispute was settled."))
        return _show(request, no)
    return _act(request, partial(settle, dispute_id=dispute_id, how=Dispute.Settled(how)))


def _act(request: Request, act: Callable[..., object], **sent: forms.Form) -> HttpResponse:
    try:
        act(actor=request.actor, at=clock.now())
    except Refusal as no:
        return _show(request, no, **sent)
    return redirect("stability:disputes")


def _show(request: Request, refusal: Refusal | None = None, **bound: forms.Form) -> HttpResponse:
    now = clock.now()
    places = counties_of(request.actor.place)
    lines = open_disputes(request.actor, now)
    page = Paginator(lines, 30).get_page(request.GET.get("page"))
    settled = settled_disputes(request.actor)
    context = {
        "page": page,
        "long": sum(line.long for line in lines),
        "unmet": sum(line.dispute.contacted_at is None and line.contact_due < now for line in lines),
        "settled": settled[:20],
        "settled_count": settled.count(),
        "ends": Dispute.Settled.choices,
        "may_act": request.actor.role in REPORTERS,
        "dispute_form": DisputeForm(places=places, auto_id="dispute_%s"),
        "now": now,
        "refusal": refusal,
        **bound,
    }
    return render(request, "stability/disputes.html", context, status=422 if refusal or bound else 200)
