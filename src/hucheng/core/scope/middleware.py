"""Gives each request its actor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hucheng.core.accounts.queries import actor_of


def actor_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.actor`: the signed-in person in the role chosen in the session, or None."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = None
        if request.user.is_authenticated:
            request.actor = actor_of(request.user, request.session.get("grant"))
        return get_response(request)

    return middleware
