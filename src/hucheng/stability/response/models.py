"""The fire notice, its tasks and receipts; fires and what happened when."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class FireNotice(Row):
    """A notice of the city to its counties, in force until a day. Append-only."""

    place = models.CharField(max_length=6)
    title = models.CharField(_("title of the notice"), max_length=200)
    until = models.DateField(_("in force until"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="fire_notice_has_a_title")]


class NoticeReceipt(Row):
    """That a county has the notice. Append-only."""

    notice = models.ForeignKey(FireNotice, models.PROTECT, related_name="receipts")
    place = models.CharField(max_length=6)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "place"], name="one_receipt_a_county")]


class NoticeTask(Row):
    """What the notice asks of one county by a day; done only with evidence in words."""

    notice = models.ForeignKey(FireNotice, models.PROTECT, related_name="tasks")
    place = models.CharField(max_length=6)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due = models.DateField()
    evidence = models.CharField(_("what proves it"), max_length=500, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "place", "number"], name="one_notice_task_a_number"),
            models.CheckConstraint(
                condition=Q(done_at=None, evidence="") | Q(done_at__isnull=False) & ~Q(evidence=""),
                name="notice_task_is_done_with_evidence",
            ),
        ]


class Fire(Row):
    """A fire that was reported: where, and when the report came. Append-only; the rest is its timeline."""

    place = models.CharField(max_length=6)
    where = models.CharField(_("where"), max_length=120)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(_("reported at"))

    objects = ScopedManager()

    class Meta:
        ordering = ["-reported_at"]


class FireEntry(Row):
    """One line of a fire's timeline. Append-only: a fact may be entered later than it happened, never before."""

    class Kind(models.TextChoices):
        CREW = "crew", _("Crew on the spot")
        OUT = "out", _("Fire out")
        FACT = "fact", _("Fact")

    fire = models.ForeignKey(Fire, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=4, choices=Kind)
    happened_at = models.DateTimeField(_("happened at"))
    text = models.CharField(_("what happened"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "fire__place"

    class Meta:
        ordering = ["happened_at", "entered_at"]
        constraints = [
            models.UniqueConstraint(fields=["fire", "kind"], condition=~Q(kind="fact"), name="one_crew_one_end_a_fire"),
            models.CheckConstraint(condition=Q(happened_at__lte=F("entered_at")), name="fire_fact_is_not_foretold"),
        ]
