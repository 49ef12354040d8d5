"""The wing of the economy."""

from django.apps import AppConfig


class EconomyConfig(AppConfig):
    """Indicators, targets, firms, supply, projects, requests of firms, policies."""

    name = "hucheng.economy"
    label = "economy"
