"""What a meeting demanded: read, confirmed by a person, assigned, published; every change leaves a row."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hucheng.command.meetings.models import Meeting
from hucheng.core.places.models import Organisation
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Theme


class Directive(Row):
    """One demand. `meeting.clean_text[start:end]` is where it stands; a part of a split one keeps its own span.

    supports  codes of organisations, or patterns such as C-*-LG (that body of each of the ten counties)
    clause    the line of the catalogue of owners that it was likened to, for finding repeats at later meetings
    Assigned means a lead, a deadline, and a measure or a written reason for none: the database holds it.
    """

    class Kind(models.TextChoices):
        ACTION = "action", _("Action")
        OUTCOME = "outcome", _("Outcome")
        HEADING = "heading", _("Heading")
        STANCE = "stance", _("Stance")

    class Modality(models.TextChoices):
        MUST = "must", _("Must")
        ENSURE = "ensure", _("Ensure")
        STRENGTHEN = "strengthen", _("Strengthen")
        FORBID = "forbid", _("Forbid")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To confirm")
        ACCEPTED = "accepted", _("Confirmed")
        PUBLISHED = "published", _("Published")
        REJECTED = "rejected", _("Not a directive")
        SPLIT = "split", _("Split")
        MERGED = "merged", _("Merged")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="directives")
    number = models.PositiveSmallIntegerField()
    part = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("text"))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    theme = models.CharField(_("theme"), max_length=12, choices=Theme)
    modality = models.CharField(max_length=10, choices=Modality)
    measurable = models.BooleanField(default=False)
    actors = models.JSONField(default=list)
    deadline_words = models.CharField(max_length=60, blank=True)
    why_zh = models.TextField(blank=True)
    why_en = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    clause = models.PositiveSmallIntegerField(null=True, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    supports = models.JSONField(default=list)
    due = models.DateTimeField(null=True, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    target = models.FloatField(null=True, blank=True)
    no_measure = models.CharField(max_length=200, blank=True)
    assigned_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = ScopedManager()
    scope_path = "meeting__place"

    class Meta:
        indexes = [models.Index(fields=["state", "theme"])]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number", "part"], name="one_directive_a_number"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="directive_span_not_empty"),
            models.CheckConstraint(
                condition=Q(assigned_at=None)
                | (Q(lead__isnull=False) & Q(due__isnull=False) & (~Q(measure="") | ~Q(no_measure=""))),
                name="assigned_directive_is_owned",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="published_directive_has_its_time"
            ),
        ]

    @property
    def label(self) -> str:
        """The number as people say it: 4, or 4.1 for the first part of a split one."""
        return f"{self.number}.{self.part}" if self.part else str(self.number)

    @property
    def source(self) -> str:
        """Where it was demanded: the meeting, by its number or else its document, and the item."""
        said = {"number": self.meeting.number, "document": self.meeting.document, "label": self.label}
        if self.meeting.number is None:
            return gettext("%(document)s, item %(label)s") % said
        return gettext("Meeting no. %(number)s, item %(label)s") % said

    @property
    def counts(self) -> bool:
        """Whether it asks for something to be done or reached: headings and stances do not."""
        return self.kind in (self.Kind.ACTION, self.Kind.OUTCOME)


class DirectiveChange(Row):
    """One change of a directive, append-only. before and after hold only the fields that changed."""

    class Act(models.TextChoices):
        READ = "read", _("Read in the text")
        EDITED = "edited", _("Edited")
        ACCEPTED = "accepted", _("Confirmed")
        REJECTED = "rejected", _("Not a directive")
        SPLIT = "split", _("Split")
        MERGED = "merged", _("Merged")
        ASSIGNED = "assigned", _("Assigned")
        PUBLISHED = "published", _("Published")

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    act = models.CharField(max_length=9, choices=Act)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = ScopedManager()
    scope_path = "directive__meeting__place"
