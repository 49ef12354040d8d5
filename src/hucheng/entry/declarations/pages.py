"""The traveller's own page, and the same form for paper at the desk."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from hucheng.core import clock
from hucheng.core.audit.queries import looks_at
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import for_roles, public
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role
from hucheng.engines.papers import qr_svg
from hucheng.entry.clearance.queries import open_pass_of
from hucheng.entry.declarations.actions import declare
from hucheng.entry.declarations.forms import DeclareForm
from hucheng.entry.declarations.models import Declaration
from hucheng.entry.declarations.queries import latest_declaration
from hucheng.entry.flights.models import Arrival
from hucheng.entry.flights.queries import arrival_of_key, arrival_seen_by


@public
def own_page(request: Request, access: UUID) -> HttpResponse:
    """A traveller's own page, opened by the random key of the QR code: status, why, declaration, who looked."""
    arrival = arrival_of_key(access)
    actor = Actor(None, arrival.place, Role.TRAVELLER, unit=str(arrival.pk))
    return _page(request, arrival, actor, Declaration.Means.OWN, "entry/own_page.html")


@for_roles(Role.TRAVELLER)
def my_page(request: Request) -> HttpResponse:
    """The own page of a traveller who signed in."""
    return redirect("entry:own_page", arrival_seen_by(request.actor, UUID(request.actor.unit)).access)


@for_roles(Role.ENTRY, Role.MEDICAL)
def paper(request: Request, arrival_id: UUID) -> HttpResponse:
    """Enter a declaration from paper, and show the code of the traveller's own page."""
    arrival = arrival_seen_by(request.actor, arrival_id)
    return _page(request, arrival, request.actor, Declaration.Means.PAPER, "entry/paper.html")


def _page(request: Request, arrival: Arrival, actor: Actor, means: Declaration.Means, template: str) -> HttpResponse:
    form, refusal = DeclareForm(request.POST or None, initial={"destination": arrival.destination}), None
    if request.method == "POST" and form.is_valid():
        try:
            said = form.as_declaration(arrival.pk, get_language() or settings.LANGUAGE_CODE)
            declare(actor=actor, forms=[said], means=means, at=clock.now())
            return redirect(request.path)
        except Refusal as no:
            refusal = no
    valid_pass = open_pass_of(arrival, clock.now())
    link = request.build_absolute_uri(reverse("entry:own_page", args=[arrival.access]))
    context = {
        "arrival": arrival,
        "declaration": latest_declaration(arrival),
        "form": form,
        "refusal": refusal,
        "pass": valid_pass,
        "pass_code": mark_safe(qr_svg(valid_pass.token)) if valid_pass else "",  # noqa: S308 - drawn here
        "link_code": mark_safe(qr_svg(link)),  # noqa: S308 - drawn here
        "link": link,
        "looks": looks_at(arrival.person_id)[:20],
    }
    return render(request, template, context, status=422 if form.errors or refusal else 200)
