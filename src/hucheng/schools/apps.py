"""The wing of schools."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Readiness, lists, reopening."""

    name = "hucheng.schools"
    label = "schools"
