"""Forms of patrols."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from hucheng.stability.forms import MomentField
from hucheng.stability.patrols.actions import PatrolIn, ProofIn
from hucheng.stability.patrols.models import Patrol


class PlanForm(forms.Form):
    """Checkpoints that must be seen by a time."""

    due = MomentField(label=_("Due by"))
    checkpoints = forms.CharField(
        label=_("Checkpoints or routes"), max_length=1000, help_text=_("Numbers, set apart by commas or lines.")
    )

    def clean_checkpoints(self) -> list[str]:
        """The checkpoints one by one, none longer than is kept; without any it is one without a name."""
        named = [one for one in re.split(r"[,，、;；\s]+", self.cleaned_data["checkpoints"]) if one]
        for one in named:
            MaxLengthValidator(20)(one)
        return named or [""]

    def patrols(self) -> list[PatrolIn]:
        """One patrol a checkpoint."""
        due: datetime = self.cleaned_data["due"]
        return [PatrolIn(checkpoint=one, due=due) for one in self.cleaned_data["checkpoints"]]


class ProofForm(forms.Form):
    """Which patrols a team made, and when."""

    patrols = forms.MultipleChoiceField(label=_("Patrols made"), widget=forms.CheckboxSelectMultiple)
    team = forms.CharField(label=_("Team"), max_length=60)
    done_at = MomentField(label=_("Done at"))
    seen = forms.CharField(label=_("Seen on patrol"), max_length=300, required=False)

    def __init__(self, *args: Any, open_patrols: Sequence[Patrol], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patrols"].choices = [(str(one.pk), one.checkpoint) for one in open_patrols]  # type: ignore[attr-defined]

    def proofs(self) -> list[ProofIn]:
        """One proof a patrol."""
        told = self.cleaned_data
        return [ProofIn(UUID(one), told["team"], told["done_at"], told["seen"]) for one in told["patrols"]]
