"""A sheet of directives as it came, and what was taken of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.command.meetings.models import Meeting
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class DirectiveList(Row):
    """One sheet: every row that says something stays as it came, taken or not.

    cells     a dict for each row: line of the file, cells by column, marks of what the file itself lost of it, and
              what the reader of minutes made of its text
    held_on   the day from which words such as 两日内 count
    taken     lines of the rows that became directives of `meeting`; none while it is only looked at
    """

    place = models.CharField(max_length=6)
    name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    held_on = models.DateField(_("decided on"))
    cells = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, blank=True, related_name="from_list")
    taken = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "sha256", "held_on"], name="one_list_a_file_and_day"),
            models.CheckConstraint(
                condition=Q(taken_at=None, meeting=None) | Q(taken_at__isnull=False, meeting__isnull=False),
                name="a_list_taken_in_has_its_record",
            ),
        ]
        indexes = [models.Index(fields=["place", "received_at"])]
