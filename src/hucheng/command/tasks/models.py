"""What a directive gives each unit to do, and the bodies that a directive wants to stand."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.command.directives.models import Directive
from hucheng.core.places.models import Organisation
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Task(Row):
    """One unit's part of a directive. The lead's task stands alone; those of the counties hang below it (`parent`).

    Its state is never typed in: it follows from the measure, the deadline and the closing with evidence.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.CharField(max_length=6)
    text = models.TextField()
    given_at = models.DateTimeField()
    due = models.DateTimeField()
    measure = models.CharField(max_length=60, blank=True)
    target = models.FloatField(null=True, blank=True)
    no_measure = models.CharField(max_length=200, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        indexes = [models.Index(fields=["place", "closed_at", "due"])]
        constraints = [
            models.UniqueConstraint(
                fields=["directive"], condition=Q(parent=None, closed_at=None), name="one_open_lead_task_a_directive"
            ),
            models.UniqueConstraint(
                fields=["parent", "unit"], condition=Q(parent__isnull=False), name="one_task_a_unit_and_parent"
            ),
            models.CheckConstraint(condition=~Q(measure="") | ~Q(no_measure=""), name="task_has_measure_or_reason"),
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(evidence=""), name="task_is_closed_with_evidence"),
        ]


class Body(Row):
    """A dedicated body or task force that must stand: charter, head, members; it answers to its unit's one parent."""

    unit = models.OneToOneField(Organisation, models.PROTECT, related_name="body")
    place = models.CharField(max_length=6)
    required_at = models.DateTimeField()
    charter = models.CharField(_("charter"), max_length=120, blank=True)
    head = models.CharField(_("head"), max_length=60, blank=True)
    substitute = models.CharField(_("substitute"), max_length=60, blank=True)
    members = models.PositiveSmallIntegerField(_("members"), null=True, blank=True)
    set_up_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(set_up_at=None) | (~Q(charter="") & ~Q(head="") & Q(members__gte=1)),
                name="body_stands_with_charter_head_members",
            )
        ]
