"""The wing of the epidemic situation."""

from django.apps import AppConfig


class SituationConfig(AppConfig):
    """Series of countries, watched origins, imported cases, the city's own cases."""

    name = "hucheng.situation"
    label = "situation"
