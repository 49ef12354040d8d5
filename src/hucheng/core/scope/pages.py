"""Which roles may open a page; anyone else is told that nothing is there."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import resolve

from hucheng.core.scope.actor import Actor
from hucheng.core.scope.request import Request
from hucheng.core.terms import Role

View = Callable[..., HttpResponseBase]


def for_roles(*roles: Role) -> Callable[[View], View]:
    """Let only these roles open the page: others get 404, signed-out people the sign-in page."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor is None:
                return redirect_to_login(request.get_full_path())
            if request.actor.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return wrap


def public(view: View) -> View:
    """Mark a page that answers without sign-in; a test holds the list of these."""
    view.public = True  # type: ignore[attr-defined]
    return view


STAFF = tuple(role for role in Role if role not in (Role.TRAVELLER, Role.SYSTEM))
"""Everybody who works here."""


def may_open(actor: Actor | None, address: str) -> bool:
    """Whether the role of this actor opens the page at an address of this site; which rows it finds is not said.

    Raises Resolver404 for an address that no page answers.
    """
    roles = _roles_at(urlsplit(address).path)
    return roles is None or (actor is not None and actor.role in roles)


@lru_cache(maxsize=1024)
def _roles_at(path: str) -> frozenset[Role] | None:
    view = resolve(path).func
    return None if getattr(view, "public", False) else getattr(view, "roles", frozenset())
