"""What came of a list: a receipt with the rows that could not be taken."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Role


class SheetReceipt(Row):
    """One list as it was taken, append-only: each of its rows is new, changed, known or to mend."""

    class Kind(models.TextChoices):
        SCHOOLS = "schools", _("School register")
        ITEMS = "items", _("Statements of items")

    place = models.CharField(max_length=6)
    unit = models.CharField(max_length=12, blank=True)
    kind = models.CharField(_("kind of list"), max_length=7, choices=Kind)
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    to_mend = models.PositiveIntegerField()
    faults = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedManager()
    unit_paths = {Role.SCHOOL: "unit"}

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("new") + F("changed") + F("known") + F("to_mend")),
                name="every_row_of_a_sheet_is_accounted_for",
            )
        ]
