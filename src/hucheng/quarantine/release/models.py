"""Releases: the rule that must never fail stands in the database."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Destination, Risk, Role


class Release(Row):
    """The one way out of quarantine: whoever was kept leaves through exactly one release."""

    arrival = models.OneToOneField("entry.Arrival", models.PROTECT, related_name="release")
    place = models.CharField(max_length=6)
    house = models.CharField(max_length=10)
    destination = models.CharField(max_length=9, choices=Destination)
    county = models.CharField(_("receiving county"), max_length=6, blank=True)
    risk = models.CharField(_("risk as judged that day"), max_length=7, choices=Risk)
    since = models.DateTimeField(_("in quarantine since"))
    tests = models.CharField(_("negative tests"), max_length=120)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "house"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(risk=Risk.HIGH, destination=Destination.CAPITAL),
                name="high_risk_never_travels_to_the_capital",
            )
        ]
        indexes = [models.Index(fields=["place", "decided_at"])]


class FollowUp(Row):
    """A call owed to somebody after release, by the county that received them."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="follow_ups")
    place = models.CharField(max_length=6)
    day = models.DateField()
    reached_at = models.DateTimeField(null=True, blank=True)
    well = models.BooleanField(null=True)

    objects = ScopedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "day"], name="one_call_a_day")]
        indexes = [models.Index(fields=["place", "day"])]
