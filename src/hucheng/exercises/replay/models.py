"""How far the story is played: what was asked for, and every step with what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.exercises.replay.acts import act_name


class Advance(Row):
    """One wish to let the story go on to a time; the first one loads the city.

    Only one is open at a time, by the database: the story has one course. `asked_on` and `ended_on` are real times,
    `since` and `until` those of the story.
    """

    place = models.CharField(max_length=6)
    since = models.DateTimeField(_("played since"))
    until = models.DateTimeField(_("played until"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_on = models.DateTimeField()
    ended_on = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(ended_on=None), name="one_open_advance"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="an_advance_goes_forward"),
        ]


class PlayedStep(Row):
    """One step of the story that is over: played, refused by a rule, or passed over for want of a room.

    Written in the transaction of the step itself: both stand or neither, so that nothing is played twice and nothing
    is skipped, whenever the power goes.
    """

    class Outcome(models.TextChoices):
        PLAYED = "played", _("Played")
        REFUSED = "refused", _("Refused")
        WAITING = "waiting", _("Waits for its room")

    place = models.CharField(max_length=6)
    key = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=Outcome)
    code = models.CharField(max_length=60, blank=True)
    why_zh = models.CharField(max_length=400, blank=True)
    why_en = models.CharField(max_length=400, blank=True)
    advance = models.ForeignKey(Advance, models.PROTECT, null=True, related_name="steps")

    objects = ScopedManager()

    class Meta:
        ordering = ["at", "key"]
        constraints = [
            models.UniqueConstraint(fields=["place", "key"], name="a_step_is_played_once"),
            models.CheckConstraint(
                condition=(Q(outcome="refused") & ~Q(code="")) | (~Q(outcome="refused") & Q(code="")),
                name="a_refused_step_says_why",
            ),
        ]
        indexes = [models.Index(fields=["place", "at"])]

    @property
    def name(self) -> str:
        """What the act is called, in the language in force."""
        return act_name(self.act)

    @property
    def why(self) -> str:
        """Why it was refused, in the language in force."""
        return self.why_zh if (get_language() or "zh").startswith("zh") else self.why_en
