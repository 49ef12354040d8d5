"""Facts, triages, the rules brought into force and the orders of the city. All of them append-only."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Outcome, Risk, Role


class Fact(Row):
    """Something found out about a person: a temperature, a test, a finding. A correction is a new fact."""

    class Kind(models.TextChoices):
        TEMPERATURE = "temperature", _("Temperature")
        SYMPTOMS = "symptoms", _("Symptoms found")
        TEST = "test", _("PCR test")
        CASE = "case", _("Finding of the hospital or CDC")
        CONTACT = "contact", _("Contact known from elsewhere")

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=11, choices=Kind)
    value = EncryptedField()
    at = models.DateTimeField(_("known since"))
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=40)

    objects = ScopedManager()
    scope_path = "arrival__place"
    unit_paths = {Role.TRAVELLER: "arrival_id"}

    class Meta:
        indexes = [models.Index(fields=["arrival", "kind", "at"])]


class Triage(Row):
    """One judgement: by which row of which table, from which inputs, run by whom, because of what."""

    arrival = models.ForeignKey("entry.Arrival", models.PROTECT, related_name="triages")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    risk = models.CharField(max_length=7, choices=Risk)
    code = models.CharField(_("decision of the table"), max_length=30)
    rule = models.CharField(max_length=30)
    table = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    reason_zh = models.CharField(max_length=200)
    reason_en = models.CharField(max_length=300)
    basis_zh = models.CharField(max_length=200)
    basis_en = models.CharField(max_length=300)
    inputs = EncryptedField()
    because = models.CharField(max_length=40)
    run_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    scope_path = "arrival__place"
    unit_paths = {Role.TRAVELLER: "arrival_id"}

    class Meta:
        indexes = [models.Index(fields=["arrival", "at"])]

    @property
    def reason(self) -> str:
        """Why, in the language in force."""
        return self.reason_zh if (get_language() or "zh").startswith("zh") else self.reason_en

    @property
    def basis(self) -> str:
        """On which legal ground, in the language in force."""
        return self.basis_zh if (get_language() or "zh").startswith("zh") else self.basis_en

    @property
    def facts_used(self) -> dict[str, Any]:
        """The inputs of the table as they were."""
        known: dict[str, Any] = json.loads(self.inputs)
        return known


class RuleInForce(Row):
    """A rule brought into force here by two different people."""

    rule = models.CharField(max_length=12)
    place = models.CharField(max_length=6)
    since = models.DateTimeField()
    table = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "place", "version"], name="a_rule_comes_into_force_once"),
            models.CheckConstraint(condition=~models.Q(author=models.F("approved_by")), name="two_people_for_a_rule"),
        ]


class RuleTable(Row):
    """A decision table that somebody proposed for a place; once another approved it, it judges from `since` on."""

    place = models.CharField(max_length=6)
    name = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    text = models.TextField(_("the table as JSON"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    since = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "name", "version"], name="a_version_of_a_table_is_proposed_once"),
            models.CheckConstraint(condition=~models.Q(author=models.F("approved_by")), name="two_people_for_a_table"),
            models.CheckConstraint(
                condition=models.Q(since=None, approved_by=None, approved_at=None)
                | models.Q(since__isnull=False, approved_by__isnull=False, approved_at__isnull=False),
                name="an_approval_is_whole",
            ),
        ]


class CityOrder(Row):
    """An order of the city on onward travel; the latest one in force counts."""

    place = models.CharField(max_length=6)
    since = models.DateTimeField()
    needs_place = models.BooleanField(_("a confirmed place in the capital is needed"))
    waits_for_flight = models.BooleanField(_("waits for every first result of the flight"))
    whole_cabin = models.BooleanField(_("the whole cabin counts as contacts when a case is aboard"), default=False)
    text = models.CharField(max_length=200)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
