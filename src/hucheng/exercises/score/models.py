"""What was found of each expectation of the scenario."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Finding(Row):
    """One expectation as it was last looked at. One that must hold always keeps its first breach for good."""

    class Kind(models.TextChoices):
        EXPECT = "expect", _("At a time")
        ALWAYS = "always", _("Always")

    class State(models.TextChoices):
        HELD = "held", _("As expected")
        BROKEN = "broken", _("Not as expected")
        BLIND = "blind", _("Cannot be read yet")

    place = models.CharField(max_length=6)
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=6, choices=State)
    found = models.FloatField(null=True)
    at = models.DateTimeField()
    looks = models.PositiveIntegerField(default=1)
    broken_at = models.DateTimeField(null=True, blank=True)
    broken_after = models.CharField(max_length=120, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["kind", "at", "name"]
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "name"], name="one_finding_an_expectation"),
            models.CheckConstraint(
                condition=Q(state="blind", found=None) | (~Q(state="blind") & ~Q(found=None)),
                name="what_cannot_be_read_has_no_value",
            ),
            models.CheckConstraint(condition=~Q(state="broken") | ~Q(broken_at=None), name="a_breach_has_its_time"),
        ]
