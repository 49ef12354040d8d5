"""The wing of quarantine."""

from django.apps import AppConfig


class QuarantineConfig(AppConfig):
    """Houses, rooms, checks, care, release."""

    name = "hucheng.quarantine"
    label = "quarantine"
