"""A dispute between parties in words, its clock, and how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Dispute(Row):
    """One dispute. A group is one dispute with its number of people; one that comes again is linked, never re-opened.

    firm is the firm or body that the other side is at odds with, policy the order or support it turns on; persons are
    counted, not named.
    """

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("Contract")
        DEBT = "debt", _("Debt")
        LABOUR = "labour", _("Labour")

    class Settled(models.TextChoices):
        MEDIATED = "mediated", _("By mediation")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        ARBITRATED = "arbitrated", _("By arbitration")
        COURT = "court", _("In court")

    place = models.CharField(max_length=6)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    firm = models.CharField(_("firm or body"), max_length=120)
    other_side = models.CharField(_("other side, in words"), max_length=120)
    people = models.PositiveIntegerField(_("people in it"), default=1)
    amount_yuan = models.PositiveBigIntegerField(_("amount, yuan"), null=True)
    cause = models.CharField(_("cause"), max_length=200)
    policy = models.CharField(_("policy it turns on"), max_length=200, blank=True)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(db_index=True)
    contacted_at = models.DateTimeField(_("both sides reached"), null=True)
    settled = models.CharField(_("settled"), max_length=10, choices=Settled, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["filed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "firm", "other_side"],
                condition=Q(settled_at=None),
                name="one_open_dispute_a_group",
            ),
            models.CheckConstraint(
                condition=Q(settled="", settled_at=None) | ~Q(settled="") & Q(settled_at__isnull=False),
                name="dispute_is_settled_somehow",
            ),
            models.CheckConstraint(
                condition=Q(contacted_at=None) | Q(contacted_at__gte=F("filed_at")), name="contact_follows_the_filing"
            ),
            models.CheckConstraint(condition=Q(people__gte=1) & ~Q(firm="") & ~Q(cause=""), name="dispute_has_parties"),
        ]
