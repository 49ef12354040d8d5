"""The rail of each role, gathered from what the wings offer in their `urls.navigation`."""

from functools import lru_cache
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hucheng.config.settings import WINGS
from hucheng.core.navigation import NavItem, Section

TITLES = {
    Section.COMMAND: _("Command"),
    Section.ENTRY: _("Entry"),
    Section.QUARANTINE: _("Quarantine"),
    Section.CITY: _("City"),
}

CLOCK_PAGE = "exercises:demonstration"
"""Where the clock of an exercise is moved; no other installation knows the page."""


def navigation(request: HttpRequest) -> dict[str, object]:
    """The sections of the rail for the role that is signed in; a role sees only what it may open."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"nav": []}
    offered = [item for item in _offered() if settings.HUCHENG_EXERCISE or item.url_name != CLOCK_PAGE]
    mine = [item for item in offered if actor.role in item.roles]
    sections = [
        {"title": title, "items": [_shown(item, request.path) for item in mine if item.section == section]}
        for section, title in TITLES.items()
    ]
    clock_page = next((reverse(item.url_name) for item in mine if item.url_name == CLOCK_PAGE), "")
    return {"nav": [section for section in sections if section["items"]], "clock_page": clock_page}


def _shown(item: NavItem, path: str) -> dict[str, object]:
    url = reverse(item.url_name)
    current = path == url if url == "/" else path.startswith(url)
    return {"label": item.label, "url": url, "icon": item.icon, "count": None, "current": current}


@lru_cache
def _offered() -> tuple[NavItem, ...]:
    modules = [import_module(f"hucheng.{wing}.urls") for wing in WINGS]
    items = [item for module in modules for item in getattr(module, "navigation", [])]
    return tuple(sorted(items, key=lambda item: (item.section, item.order)))
