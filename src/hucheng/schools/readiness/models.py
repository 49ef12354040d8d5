"""Schools, their ten items, what was declared and judged, who signed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.terms import Role
from hucheng.schools.readiness.items import TEN, TenItem


class School(Row, Named):
    """A school by its code, in one county. Grades run from 1 to 12; a kindergarten has grade 0."""

    class Kind(models.TextChoices):
        SENIOR = "senior", _("Senior high school")
        COMPLETE = "complete", _("Complete middle school")
        JUNIOR = "junior", _("Junior middle school")
        PRIMARY = "primary", _("Primary school")
        KINDERGARTEN = "kindergarten", _("Kindergarten")
        VOCATIONAL = "vocational", _("Vocational school")
        SPECIAL = "special", _("Special school")

    code = models.CharField(_("school code"), max_length=12, unique=True)
    place = models.CharField(_("county"), max_length=6)
    kind = models.CharField(_("kind of school"), max_length=12, choices=Kind)
    first_grade = models.PositiveSmallIntegerField(_("lowest grade"))
    last_grade = models.PositiveSmallIntegerField(_("highest grade"))
    grade12 = models.PositiveIntegerField(_("pupils of grade 12"), default=0)

    objects = ScopedManager()
    unit_paths = {Role.SCHOOL: "code"}

    class Meta:
        ordering = ["place", "code"]
        indexes = [models.Index(fields=["place", "code"])]
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(name_zh="") & ~Q(name_en=""), name="school_is_named"),
            models.CheckConstraint(
                condition=Q(first_grade__lte=F("last_grade"), last_grade__lte=12), name="grades_of_a_school_in_order"
            ),
            models.CheckConstraint(
                condition=Q(grade12=0) | Q(last_grade=12), name="pupils_of_grade_12_need_a_grade_12"
            ),
        ]

    @property
    def grades(self) -> frozenset[int]:
        """Its grades."""
        return frozenset(range(self.first_grade, self.last_grade + 1))


class State(models.TextChoices):
    """How an item stands: the words of the design language."""

    IN_PLACE = "ok", _("In place")
    SPOT_CHECKED = "s", _("Spot-checked")
    TO_INSPECT = "w", _("To inspect")
    EXPIRED = "e", _("Expired")
    MISSING = "b", _("Not yet in place")

    @property
    def icon(self) -> str:
        """Its icon in the design language."""
        names = {"ok": "circle-check", "s": "eye-check", "w": "clock-exclamation", "e": "calendar-x"}
        return names.get(self.value, "circle-x")


HOLDING = (State.IN_PLACE, State.SPOT_CHECKED)


class ReadinessItem(Row):
    """One of the ten at one school: the statement and the verdict that count now, moved by their actions alone."""

    school = models.ForeignKey(School, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    declared = models.ForeignKey("schools.SelfCheck", models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.ForeignKey("schools.Verdict", models.PROTECT, null=True, blank=True, related_name="+")
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = ScopedManager()
    scope_path = "school__place"
    unit_paths = {Role.SCHOOL: "school__code"}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="an_item_once_a_school"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=10), name="ten_items_and_no_more"),
            models.CheckConstraint(
                condition=Q(verdict=None) | Q(declared__isnull=False), name="no_verdict_without_a_statement"
            ),
        ]

    @property
    def item(self) -> TenItem:
        """What the item asks for."""
        return TEN[self.number]

    def state(self, today: date) -> State:
        """How it stands on a day."""
        answer = self.verdict.answer if self.verdict else None
        if self.declared is None or not self.declared.in_place or answer == Verdict.Answer.RETURNED:
            return State.MISSING
        if self.valid_until is None or self.valid_until < today:
            return State.EXPIRED
        if answer is None:
            return State.TO_INSPECT
        return State.SPOT_CHECKED if answer == Verdict.Answer.SPOT_CHECKED else State.IN_PLACE


class SelfCheck(Row):
    """What a school states about an item, append-only: a correction is a new statement."""

    item = models.ForeignKey(ReadinessItem, models.PROTECT, related_name="statements")
    in_place = models.BooleanField()
    evidence = models.TextField(_("what was seen"))
    figure = models.PositiveIntegerField(_("figure"), null=True, blank=True)
    reference = models.CharField(_("file or number"), max_length=120, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(evidence=""), name="a_statement_has_evidence"),
            models.CheckConstraint(
                condition=Q(in_place=False) | Q(valid_until__isnull=False), name="in_place_says_until_when"
            ),
        ]


class Verdict(Row):
    """What an inspection found, append-only. Whoever declared may not judge (a trigger holds it)."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Item accepted")
        SPOT_CHECKED = "spot_checked", _("Spot-checked, right")
        RETURNED = "returned", _("Sent back")

    declared = models.ForeignKey(SelfCheck, models.PROTECT, related_name="verdicts")
    answer = models.CharField(max_length=12, choices=Answer)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(answer="returned") | ~Q(reason=""), name="returned_with_a_reason")
        ]


class Line(models.TextChoices):
    """The three lines of responsibility of a school."""

    SCHOOL = "school", _("School")
    EDUCATION = "education", _("Education department")
    COUNTY = "county", _("County")


class Signature(Row):
    """A named person answers for a school in one line, append-only. County and education sign on ten held items."""

    school = models.ForeignKey(School, models.PROTECT, related_name="signatures")
    line = models.CharField(max_length=9, choices=Line)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "by"], name="one_person_signs_for_one_line"),
            models.CheckConstraint(condition=~Q(name=""), name="signed_by_a_named_person"),
        ]
