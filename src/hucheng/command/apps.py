"""The wing of command."""

from django.apps import AppConfig


class CommandConfig(AppConfig):
    """Measures over time, the board."""

    name = "hucheng.command"
    label = "command"
