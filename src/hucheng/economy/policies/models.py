"""Policies with conditions and an end, and how far they have reached."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.economy.reported import Reported


class Policy(Row, Named):
    """One measure of relief: for whom, under which conditions, from when until when, by which document."""

    place = models.CharField(max_length=6)
    conditions = models.JSONField(_("conditions"), default=list)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"))
    document = models.CharField(_("document"), max_length=200)
    owner = models.CharField(_("answers for it"), max_length=20)
    indicator = models.ForeignKey("economy.Indicator", models.PROTECT, null=True, blank=True, related_name="policies")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["-published_at"]
        verbose_name_plural = "policies"
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_policy_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(document=""), name="a_policy_names_its_document"),
        ]


class PolicyCount(Reported):
    """How many firms were eligible and how many had received it by one day."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="counts")
    eligible = models.PositiveIntegerField(_("eligible"))
    paid = models.PositiveIntegerField(_("received it"))

    objects = ScopedManager()
    scope_path = "policy__place"

    class Meta(Reported.Meta):
        constraints = [
            *Reported.Meta.constraints,
            models.UniqueConstraint(fields=["policy", "day", "revision"], name="one_count_of_a_policy_a_day"),
            models.CheckConstraint(condition=Q(paid__lte=F("eligible")), name="only_the_eligible_are_paid"),
        ]
