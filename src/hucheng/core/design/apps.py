"""The design system as an app of its own, so that its templates, tags and files are found."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Tokens, components, base pages."""

    name = "hucheng.core.design"
    label = "design"
