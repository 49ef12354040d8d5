"""Questions of the public and what the city says to them. No table here can hold who asked or who claimed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager


class Topic(models.TextChoices):
    """What a question is about."""

    RETURN = "return_from_abroad", _("Return from abroad")
    SCHOOLS = "schools", _("School matters")
    WORK = "work", _("Work")
    TRAVEL = "travel", _("Travel")
    PRICES = "prices", _("Prices")
    OTHER = "other", _("Other")


class Answer(Row):
    """A matter that the city has answered in public: a question, or a claim met with facts. Append-only."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        CLAIM = "claim", _("Claim")

    place = models.CharField(max_length=6)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.QUESTION)
    topic = models.CharField(max_length=20, choices=Topic)
    matter_zh = models.CharField(_("matter, Chinese"), max_length=300)
    matter_en = models.CharField(_("matter, English"), max_length=400)
    opened_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(matter_zh="") & ~Q(matter_en=""), name="answer_has_its_matter_twice")
        ]

    @property
    def matter(self) -> str:
        """The matter in the language in force."""
        return self.matter_zh if (get_language() or "zh").startswith("zh") else self.matter_en


class AnswerVersion(Row):
    """What the city said at one time, from which source, by which office; a correction is the next. Append-only."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text_zh = models.TextField(_("answer, Chinese"))
    text_en = models.TextField(_("answer, English"))
    source = models.CharField(_("source"), max_length=300)
    office = models.CharField(_("office that answers for it"), max_length=20)
    since = models.DateField(_("holds from"))
    until = models.DateField(_("holds until"), null=True)
    why = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()

    objects = ScopedManager()
    scope_path = "answer__place"

    class Meta:
        ordering = ["answer", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="one_answer_a_version"),
            models.CheckConstraint(
                condition=~Q(text_zh="") & ~Q(text_en="") & ~Q(source="") & ~Q(office=""),
                name="answer_has_both_languages_and_a_source",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="correction_says_why"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="answer_ends_after_it_begins"
            ),
        ]

    @property
    def text(self) -> str:
        """The answer in the language in force."""
        return self.text_zh if (get_language() or "zh").startswith("zh") else self.text_en


class Question(Row):
    """A question of the public: topic and words, nothing of who asked. Its words never change."""

    class Channel(models.TextChoices):
        WEB = "web", _("Public page")
        HOTLINE = "hotline", _("Hotline")

    place = models.CharField(max_length=6)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    text = models.CharField(_("question"), max_length=500)
    channel = models.CharField(max_length=7, choices=Channel)
    asked_at = models.DateTimeField(db_index=True)
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="questions")
    answered_at = models.DateTimeField(null=True)
    aside_why = models.CharField(_("why it was set aside"), max_length=200, blank=True)

    objects = ScopedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=None, answered_at=None) | Q(answer__isnull=False, answered_at__isnull=False),
                name="question_is_answered_at_a_time",
            ),
            models.CheckConstraint(condition=Q(answer=None) | Q(aside_why=""), name="question_is_answered_or_aside"),
            models.CheckConstraint(condition=~Q(text=""), name="question_has_words"),
        ]


class Claim(Row):
    """A claim that was verified as false: its words alone, never whose. The facts stand in its answer."""

    place = models.CharField(max_length=6)
    text_zh = models.CharField(_("claim, Chinese"), max_length=300)
    text_en = models.CharField(_("claim, English"), max_length=400)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField()
    answer = models.OneToOneField(Answer, models.PROTECT, null=True, related_name="claim")
    corrected_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-verified_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer=None, corrected_at=None) | Q(answer__isnull=False, corrected_at__isnull=False),
                name="claim_is_corrected_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(text_zh="") & ~Q(text_en=""), name="claim_stands_in_both_languages"),
        ]


class Bulletin(Row):
    """The bulletin of a day in both languages; a correction is the next number. Append-only."""

    place = models.CharField(max_length=6)
    day = models.DateField(_("day"))
    number = models.PositiveSmallIntegerField()
    text_zh = models.TextField(_("bulletin, Chinese"))
    text_en = models.TextField(_("bulletin, English"))
    why = models.CharField(_("why it was corrected"), max_length=300, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "number"], name="one_bulletin_a_number"),
            models.CheckConstraint(condition=~Q(text_zh="") & ~Q(text_en=""), name="bulletin_is_in_both_languages"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="bulletin_correction_says_why"),
        ]

    @property
    def lines(self) -> list[str]:
        """The lines in the language in force."""
        return (self.text_zh if (get_language() or "zh").startswith("zh") else self.text_en).splitlines()
