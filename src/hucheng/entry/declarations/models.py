"""Health declarations; a correction is a new row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class Declaration(Row):
    """What a traveller declares; the latest row counts."""

    class Means(models.TextChoices):
        OWN = "own", _("Own phone")
        PAPER = "paper", _("Paper, entered by staff")

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="declarations")
    at = models.DateTimeField()
    means = models.CharField(max_length=5, choices=Means)
    language = models.CharField(max_length=10)
    symptoms = EncryptedField(_("symptoms"), blank=True, default="")
    contact_14d = EncryptedField(_("contact with a case within 14 days"))
    countries_14d = models.JSONField(_("countries of the last 14 days"), default=list)
    complete = models.BooleanField()

    objects = ScopedManager()
    scope_path = "arrival__place"
    unit_paths = {Role.TRAVELLER: "arrival_id"}

    class Meta:
        indexes = [models.Index(fields=["arrival", "at"])]

    @property
    def symptom_codes(self) -> list[str]:
        """The symptoms declared, as codes."""
        return [code for code in self.symptoms.split(";") if code]

    @property
    def had_contact(self) -> bool:
        """Whether contact with a case was declared."""
        return str(self.contact_14d) == "yes"
