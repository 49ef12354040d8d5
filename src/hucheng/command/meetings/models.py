"""The document of a meeting and what was read in it; the original is never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Meeting(Row):
    """One meeting with its minutes: the text as it came, the repaired text, every repair between them.

    edits     the repairs in order, each a dict of kind, start, end, before, after, clean_start, clean_end, certain
    kept      the repairs that a person took back, each a dict of kind, start, end (`engines.minutes.Kept`)
    warnings  what the reader asks a person to look at, each a pair (Chinese, English)
    digest    SHA-256 of the text as it came, so that a document sent twice is known
    """

    place = models.CharField(max_length=6)
    body = models.CharField(_("body"), max_length=80, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=30, blank=True)
    document = models.CharField(_("document"), max_length=120)
    digest = models.CharField(max_length=64)
    article_date = models.DateField(null=True, blank=True)
    original = models.TextField()
    clean_text = models.TextField()
    edits = models.JSONField(default=list)
    kept = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "body", "number"],
                condition=Q(discarded_at=None, number__isnull=False),
                name="one_meeting_a_number",
            ),
            models.UniqueConstraint(
                fields=["place", "digest"], condition=Q(discarded_at=None), name="one_meeting_a_document"
            ),
            models.CheckConstraint(
                condition=Q(discarded_at=None) | Q(published_at=None), name="published_minutes_are_not_discarded"
            ),
        ]


class Attendee(Row):
    """Somebody who took part, or a group without names (then `name` is empty and the group stands in `role`)."""

    class Function(models.TextChoices):
        CHAIR = "chair", _("Chair")
        PRESENT = "present", _("Present")
        INSTRUCTS = "instructs", _("Gave instructions")
        SPEAKS = "speaks", _("Spoke")
        REPORTS = "reports", _("Reported")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=200, blank=True)
    venue = models.CharField(max_length=60, blank=True)
    function = models.CharField(max_length=9, choices=Function)

    objects = ScopedManager()
    scope_path = "meeting__place"


class Venue(Row):
    """A place that took part, the main hall or a branch."""

    class Kind(models.TextChoices):
        MAIN = "main", _("Main venue")
        BRANCH = "branch", _("Branch venue")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="venues")
    kind = models.CharField(max_length=6, choices=Kind)
    name = models.CharField(max_length=60)

    objects = ScopedManager()
    scope_path = "meeting__place"
