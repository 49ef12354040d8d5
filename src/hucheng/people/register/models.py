"""The register: one row a human, with the reason why the row exists (R-02)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField


class Home(models.TextChoices):
    """Whether it is known which county answers for a person."""

    UNKNOWN = "unknown", _("Not known yet")
    COUNTY = "county", _("A county of the city")
    OUTSIDE = "outside", _("Outside the city")


class EntryReason(models.TextChoices):
    """Why somebody is in the register at all (R-02)."""

    MANIFEST = "manifest", _("Passenger list")


UNKNOWN_PLACE = "000000"


class Person(Row):
    """One human. Names are needed on lists and stay readable; what identifies or reaches a person is encrypted."""

    name_zh = models.CharField(_("Chinese name"), max_length=60, blank=True)
    surname = models.CharField(_("surname"), max_length=80, blank=True)
    given = models.CharField(_("given names"), max_length=120, blank=True)
    sex = models.CharField(_("sex"), max_length=1, blank=True)
    birth = EncryptedField(_("date of birth"), blank=True, default="")
    nationality = models.CharField(_("nationality"), max_length=3, blank=True)
    document_type = models.CharField(_("kind of document"), max_length=2, blank=True)
    document_number = EncryptedField(_("document number"), indexed=True, blank=True, default="")
    document_issuer = models.CharField(_("issued by"), max_length=3, blank=True)
    resident_id = EncryptedField(_("resident ID"), indexed=True, blank=True, default="")
    phone = EncryptedField(_("phone"), blank=True, default="")
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    place = models.CharField(_("home county"), max_length=6, default=UNKNOWN_PLACE)
    home = models.CharField(_("home"), max_length=7, choices=Home, default=Home.UNKNOWN)
    entry_reason = models.CharField(_("why in the register"), max_length=40, choices=EntryReason)
    added_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(home=Home.COUNTY) & ~Q(place=UNKNOWN_PLACE) | ~Q(home=Home.COUNTY) & Q(place=UNKNOWN_PLACE),
                name="a_home_in_the_city_names_its_county",
            )
        ]
        indexes = [models.Index(fields=["home", "place"])]

    @property
    def full_name(self) -> str:
        """The name as lists show it: Chinese first, else surname and given names."""
        return self.name_zh or " ".join(part for part in (self.surname, self.given) if part)

    @property
    def document_tail(self) -> str:
        """The last four signs of the document, enough to compare."""
        return (self.document_number or self.resident_id)[-4:]


class HomeChange(Row):
    """Who answers for a person changed hands, and why; append-only."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="home_changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=6)
    after = models.CharField(max_length=6)
    home = models.CharField(max_length=7, choices=Home)
    why = models.CharField(max_length=120)


class PersonKey(Row):
    """A one-way code under which a person is found again: of a number, or of a name with or without a birth."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="keys")
    code = models.CharField(max_length=32, db_index=True)


class Doubt(Row):
    """Two rows of the register that may be one human: never joined by a guess, so a person compares them.

    `parts` holds the weight as it was found: terms of the model with their bits, no value of either row.
    """

    class Answer(models.TextChoices):
        """What a person found."""

        OPEN = "open", _("Not compared yet")
        TWO = "two", _("Two people")
        ONE = "one", _("One person")

    person = models.ForeignKey(Person, models.CASCADE, related_name="doubts")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    weight = models.FloatField(_("weight in bits"))
    parts = models.JSONField(_("parts of the weight"))
    found_at = models.DateTimeField()
    answer = models.CharField(max_length=4, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="a_doubt_stands_once"),
            models.CheckConstraint(
                condition=Q(answer="open", answered_at=None) | ~Q(answer="open") & Q(answered_at__isnull=False),
                name="an_answered_doubt_says_when",
            ),
        ]


class Merge(Row):
    """Somebody compared two rows and found one human: `person` is the same as `into`, which stands for both.

    Nothing is moved or deleted. Each row keeps its values, keys, arrivals and history; the rows of one human are those
    that open merges lead to one row. A merge that is taken back leaves each row with what was its own.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    into = models.ForeignKey(Person, models.PROTECT, related_name="merged_here")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=120)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_why = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(undone_at=None), name="a_row_is_merged_once"),
            models.CheckConstraint(condition=~Q(person=models.F("into")), name="nobody_is_merged_with_oneself"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_why="") | Q(undone_at__isnull=False),
                name="who_takes_a_merge_back_says_when",
            ),
        ]
