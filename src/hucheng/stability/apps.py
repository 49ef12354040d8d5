"""The wing of order and safety."""

from django.apps import AppConfig


class StabilityConfig(AppConfig):
    """Fire, disputes, employment, bulletins."""

    name = "hucheng.stability"
    label = "stability"
