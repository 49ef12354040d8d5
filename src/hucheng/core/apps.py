"""Sets the core up, and finds the measures and daily work of every wing."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class CoreConfig(AppConfig):
    """The core."""

    name = "hucheng.core"
    label = "core"

    def ready(self) -> None:
        """Import what registers itself: checks, and `measures` and `daily` of every room."""
        import_module("hucheng.core.checks")
        for app in apps.get_app_configs():
            if app.name.startswith("hucheng."):
                _import_registered(app.name)


def _import_registered(package: str) -> None:
    path = import_module(package).__path__
    rooms = [package, *(f"{package}.{found.name}" for found in pkgutil.iter_modules(path) if found.ispkg)]
    for room in rooms:
        for part in ("measures", "daily"):
            if room != "hucheng.core" and find_spec(f"{room}.{part}"):
                import_module(f"{room}.{part}")
