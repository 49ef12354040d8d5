"""The six pieces that a school must have."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Role


class PlanPiece(Row):
    """A plan, contingency plan or task force as filed, append-only: of each kind the latest counts."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Reopening plan")
        CONTROL = "control", _("Contingency plan: epidemic control")
        CASE = "case", _("Contingency plan: a case at school")
        FORCE_CONTROL = "force_control", _("Task force: epidemic control")
        FORCE_TEACHING = "force_teaching", _("Task force: teaching and pupils")
        FORCE_SUPPLY = "force_supply", _("Task force: supplies")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="pieces")
    kind = models.CharField(_("kind of piece"), max_length=14, choices=Kind)
    title = models.CharField(_("title or head of the task force"), max_length=120)
    reference = models.CharField(_("file or number"), max_length=120, blank=True)
    people = models.PositiveSmallIntegerField(_("people of the task force"), default=0)
    drilled_on = models.DateField(_("day of the drill"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "school__place"
    unit_paths = {Role.SCHOOL: "school__code"}

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["school", "kind", "at"])]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a_piece_is_titled"),
            models.CheckConstraint(
                condition=~Q(kind__startswith="force_") | Q(people__gt=0), name="a_task_force_has_people"
            ),
        ]

    @property
    def complete(self) -> bool:
        """A contingency plan counts once it was rehearsed; a task force has people from the start."""
        return self.kind not in CONTINGENCIES or self.drilled_on is not None


CONTINGENCIES = (PlanPiece.Kind.CONTROL, PlanPiece.Kind.CASE)
FORCES = (PlanPiece.Kind.FORCE_CONTROL, PlanPiece.Kind.FORCE_TEACHING, PlanPiece.Kind.FORCE_SUPPLY)
