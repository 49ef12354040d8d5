"""The wing of entry."""

from django.apps import AppConfig


class EntryConfig(AppConfig):
    """From the passenger list to the onward flight."""

    name = "hucheng.entry"
    label = "entry"
