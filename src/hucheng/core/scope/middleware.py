"""Gives each request its actor, and lets no request in that could not be stored."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
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


def whole_text_middleware(get_response: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Answer 400 to text with a NUL sign, which no keyboard writes and PostgreSQL does not store."""

    def middleware(request: Request) -> HttpResponse:
        if _has_nul(request):
            raise BadRequest("a NUL sign in the text")
        return get_response(request)

    return middleware


def _has_nul(request: Request) -> bool:
    if request.content_type == "application/json":
        return b"\\u0000" in request.body
    said = [request.GET, request.POST] if request.method == "POST" else [request.GET]
    return any("\x00" in value for fields in said for _name, values in fields.lists() for value in values)
