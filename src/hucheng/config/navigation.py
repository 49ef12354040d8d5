"""The rail of each role, gathered from what the wings offer in their `urls.navigation`."""

from functools import lru_cache
from importlib import import_module

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


def navigation(request: HttpRequest) -> dict[str, object]:
    """The sections of the rail for the role that is signed in; a role sees only what it may open."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"nav": []}
    mine = [item for item in _offered() if actor.role in item.roles]
    sections = [
        {"title": title, "items": [_shown(item, request.path) for item in mine if item.section == section]}
        for section, title in TITLES.items()
    ]
    return {"nav": [section for section in sections if section["items"]]}


def _shown(item: NavItem, path: str) -> dict[str, object]:
    url = reverse(item.url_name)
    current = path == url if url == "/" else path.startswith(url)
    return {"label": item.label, "url": url, "icon": item.icon, "count": None, "current": current}


@lru_cache
def _offered() -> tuple[NavItem, ...]:
    modules = [import_module(f"hucheng.{wing}.urls") for wing in WINGS]
    items = [item for module in modules for item in getattr(module, "navigation", [])]
    return tuple(sorted(items, key=lambda item: (item.section, item.order)))
