"""Gives each request its actor."""

from collections.abc import Callable

from django.http import HttpResponse

from hucheng.core.accounts.models import User
from hucheng.core.accounts.queries import actor_of
from hucheng.core.scope.request import Request


def actor_middleware(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Set `request.actor`: the signed-in person in the role chosen in the session, or None."""

    def middleware(request: Request) -> HttpResponse:
        user = request.user
        found = actor_of(user, request.session.get("grant")) if isinstance(user, User) else None
        request.actor = found  # type: ignore[assignment]
        return get_response(request)

    return middleware
