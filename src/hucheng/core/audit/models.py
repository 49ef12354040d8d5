"""Lines that nobody may change: who did what, and who looked at whom."""

from django.db import models

from hucheng.core.rows import Row
from hucheng.core.terms import Role


class AuditLine(Row):
    """One act, done or refused. Holds identifiers and codes only, never names or health facts."""

    at = models.DateTimeField(db_index=True)
    user_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20, choices=Role)
    place = models.CharField(max_length=6)
    act = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    refused = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["act", "at"])]


class ReadTrace(Row):
    """Somebody opened a person's record; the person may ask for these lines."""

    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20, choices=Role)
    person_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40)
