"""What every API operation shares: who calls, how a refusal answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.security import APIKeyCookie, HttpBearer

from hucheng.core.accounts.queries import actor_of_token
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import Actor


class RefusalOut(Schema):
    """A rule said no: a code for programs, a fact and a next step for people."""

    code: str
    why: str
    do: str


class TokenAuth(HttpBearer):
    """`Authorization: Bearer TOKEN` of a device or program."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Give the actor of the token."""
        found = actor_of_token(token)
        request.actor = found  # type: ignore[attr-defined]
        return found


class SessionAuth(APIKeyCookie):
    """The session of a signed-in person, with the CSRF token of the page."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Give the actor of the session."""
        found: Actor | None = request.actor  # type: ignore[attr-defined]
        return found


def new_api() -> NinjaAPI:
    """The API without routers; `config` adds one a wing."""
    api = NinjaAPI(
        title="Hucheng 护城",
        version="1",
        description="The same acts as the pages. A refusal is 409 with `code`, `why` and `do`.",
        auth=[TokenAuth(), SessionAuth()],
        docs_url=None,
    )

    @api.exception_handler(Refusal)
    def answer_refusal(request: HttpRequest, no: Any) -> HttpResponse:
        return api.create_response(request, no.as_dict(), status=409)

    return api
