"""Samples, batches of results, and each row of a batch with what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class Result(models.TextChoices):
    """What a laboratory says of a sample."""

    NEGATIVE = "negative", _("Negative")
    POSITIVE = "positive", _("Positive")
    INVALID = "invalid", _("Invalid, take again")


class Sample(Row):
    """One sample of one person for one round; an invalid one is owed again. A positive one is never deleted.

    An invalid one that turns out positive later stands beside the one taken since.
    """

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="samples")
    place = models.CharField(max_length=6)
    house = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField()
    barcode = models.CharField(max_length=20, unique=True)
    due_from = models.DateTimeField()
    due_until = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=8, choices=Result, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "house"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrival", "round"], condition=Q(result__in=["", "negative"]), name="one_sample_a_round"
            ),
            models.CheckConstraint(
                condition=Q(result="", received_at=None)
                | ~Q(result="") & Q(received_at__isnull=False, received_at__gte=F("taken_at")),
                name="a_result_comes_after_its_sample",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(received_at__isnull=False, told_at__gte=F("received_at")),
                name="told_after_the_result",
            ),
        ]
        indexes = [models.Index(fields=["place", "result", "received_at"])]


class ResultBatch(Row):
    """One delivery of results: rows = matched + known + unmatched + invalid."""

    place = models.CharField(max_length=6)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    unmatched = models.PositiveIntegerField()
    invalid = models.PositiveIntegerField()

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("matched") + F("known") + F("unmatched") + F("invalid")),
                name="every_result_row_is_accounted_for",
            )
        ]


class ResultRow(Row):
    """One row as it came. A row that names no sample waits in the queue until somebody settles it."""

    class State(models.TextChoices):
        MATCHED = "matched", _("Matched")
        KNOWN = "known", _("Already here")
        UNMATCHED = "unmatched", _("Waits for a person")
        INVALID = "invalid", _("Unreadable")
        SETTLED = "settled", _("Matched by hand")
        ASIDE = "aside", _("Set aside")

    batch = models.ForeignKey(ResultBatch, models.PROTECT, related_name="lines")
    place = models.CharField(max_length=6)
    line = models.PositiveIntegerField()
    raw = EncryptedField()
    barcode = models.CharField(max_length=40, blank=True)
    result = models.CharField(max_length=8, choices=Result, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State)
    problem = models.CharField(max_length=20, blank=True)
    sample = models.ForeignKey(Sample, models.PROTECT, null=True, blank=True, related_name="result_rows")
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["matched", "settled"]) | Q(sample__isnull=False),
                name="a_matched_result_has_its_sample",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["settled", "aside"]) | Q(settled_at__isnull=False),
                name="a_settled_result_says_when",
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "received_at"])]
