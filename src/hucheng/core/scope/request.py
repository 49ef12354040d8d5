"""A request as pages see it: with the actor that the middleware found."""

from django.http import HttpRequest

from hucheng.core.scope.actor import Actor


class Request(HttpRequest):
    """An HTTP request whose `actor` is set; on public pages it may be None."""

    actor: Actor
