"""Which countries are watched, and from which airports flights were announced."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Watch(Row):
    """A country that is watched from a day on, by whom and why; an ended watch stays, a new one is a new row."""

    place = models.CharField(max_length=6)
    country = models.CharField(_("country"), max_length=2)
    reason = models.CharField(_("reason"), max_length=200)
    since = models.DateField(_("since"))
    watched_at = models.DateTimeField()
    watched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    until = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why_ended = models.CharField(_("why it ended"), max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "country"], condition=Q(ended_at=None), name="one_open_watch_a_country"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_watch_has_its_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, until=None)
                | Q(ended_at__isnull=False, until__gte=F("since")) & ~Q(why_ended=""),
                name="a_watch_ends_on_a_day_with_a_reason",
            ),
        ]


class Origin(Row):
    """An airport from which a flight to this city was announced or planned, when it was first seen."""

    place = models.CharField(max_length=6)
    airport = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    first_seen_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "airport"], name="one_origin_an_airport")]
