"""The jurisdiction tree (GB/T 2260) and the organisations of the city."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """A thing with a name in both languages; reads as the name in the language in force."""

    name_zh = models.CharField(_("Chinese name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in force."""
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en


class Place(Named):
    """A division of the country by its national code, from the nation (000000) down to the county."""

    class Kind(models.TextChoices):
        NATION = "nation", _("Nation")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        COUNTY = "county", _("County-level place")

    code = models.CharField(max_length=6, primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    short = models.CharField(_("one-character short name"), max_length=4, blank=True)
    population = models.PositiveIntegerField(_("population, census of 2020"), null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)


class Organisation(Named):
    """A body that can own a task: its place says whose it is, its parent whom it answers to (exactly one: INQ-19)."""

    code = models.CharField(max_length=20, primary_key=True)
    kind = models.CharField(max_length=30)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    place = models.CharField(max_length=6)
    duties = models.CharField(max_length=300, blank=True)
