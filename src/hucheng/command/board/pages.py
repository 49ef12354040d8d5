"""The command board."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hucheng.command.board.queries import board_of
from hucheng.core import clock
from hucheng.core.scope.pages import for_roles
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

READERS = (Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.DEPARTMENT, Role.COUNTY)


@for_roles(*READERS)
@require_GET
def board(request: Request) -> HttpResponse:
    """Both fronts on one screen."""
    now = clock.now()
    return render(request, "command/board.html", {"board": board_of(request.actor, now), "now": now})
