"""What a higher authority sent, and what one unit has to do about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Organisation
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Notice(Row):
    """A document from above, kept as it came: `data` are its bytes, `text` what could be read of them.

    rules   ids of entry rules that it names; whether they are in force is asked, never kept here
    digest  SHA-256 of the bytes, so that a notice sent twice is known
    """

    place = models.CharField(max_length=6)
    sender = models.CharField(_("sender"), max_length=80)
    title = models.CharField(_("title of the notice"), max_length=200)
    document = models.CharField(_("document"), max_length=120)
    data = models.BinaryField()
    text = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    rules = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "received_at"])]
        constraints = [
            models.UniqueConstraint(fields=["place", "digest"], name="one_notice_a_document"),
            models.CheckConstraint(condition=~Q(sender="") & ~Q(title=""), name="a_notice_has_sender_and_title"),
        ]


class NoticeTask(Row):
    """What a notice asks of one unit. It hangs on its notice, as other tasks hang on a directive of a meeting.

    Its state follows from the deadline and the evidence; no measure is bound to it.
    """

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="task")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.CharField(max_length=6)
    text = models.CharField(_("what is to be done"), max_length=500)
    given_at = models.DateTimeField()
    due = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    evidence = models.TextField(_("evidence"), blank=True)

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "done_at", "due"])]
        constraints = [
            models.CheckConstraint(condition=Q(done_at=None) | ~Q(evidence=""), name="a_notice_is_done_with_evidence"),
            models.CheckConstraint(condition=Q(due__gt=models.F("given_at")), name="a_notice_leaves_time"),
        ]
