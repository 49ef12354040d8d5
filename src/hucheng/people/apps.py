"""The wing of the register."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The register of returnees."""

    name = "hucheng.people"
    label = "people"
