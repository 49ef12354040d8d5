"""Signing in and out, choosing the role to act in, and the way from the front door to one's own room."""

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from hucheng.core.accounts.queries import open_grants
from hucheng.core.scope.pages import STAFF, for_roles, public
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

HOMES = {
    Role.LEADING_GROUP: "command:board",
    Role.COMMAND_OFFICE: "command:board",
    Role.ENTRY: "entry:flights",
    Role.MEDICAL: "entry:flights",
    Role.LABORATORY: "quarantine:samples",
    Role.COUNTY: "command:board",
    Role.QUARANTINE: "quarantine:houses",
    Role.HOUSE: "quarantine:checks",
    Role.SCHOOL: "schools:workbench",
    Role.DEPARTMENT: "command:board",
    Role.RECEIVER: "entry:handovers",
    Role.TRAVELLER: "entry:my_page",
}

sign_in = public(LoginView.as_view(template_name="core/sign_in.html", redirect_authenticated_user=True))
sign_out = public(LogoutView.as_view())


@public
def home(request: Request) -> HttpResponse:
    """Send each role to its own room; signed-out people to the sign-in page."""
    if request.actor is None:
        return redirect(settings.LOGIN_URL)
    try:
        return HttpResponseRedirect(reverse(HOMES[request.actor.role]))
    except (KeyError, NoReverseMatch):
        raise Http404 from None


@for_roles(*STAFF, Role.TRAVELLER)
@require_POST
def choose_role(request: Request) -> HttpResponse:
    """Act in another of one's own roles from now on; a grant of somebody else changes nothing."""
    chosen = request.POST.get("grant", "")
    if chosen in open_grants(request.actor):
        request.session["grant"] = chosen
    return redirect("home")
