"""The design system as an app of its own, so that its templates, tags and files are found."""

from importlib import import_module

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Tokens, components, base pages."""

    name = "hucheng.core.design"
    label = "design"

    def ready(self) -> None:
        """Let the check of map layers speak."""
        import_module("hucheng.core.design.checks")
