"""What an appeal and its decision take from a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.quarantine.appeals.models import Appeal


class AppealForm(forms.Form):
    """Two questions, no more."""

    about = forms.ChoiceField(
        label=_("What do you disagree with?"), choices=Appeal.About.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("What is wrong, in your words"), max_length=2000, widget=forms.Textarea({"rows": 4}))


class GuestAppealForm(AppealForm):
    """The same two questions, answered in a guest's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].label = _("What does the guest disagree with?")
        self.fields["text"].label = _("What is wrong, in the guest's words")


class DecideForm(forms.Form):
    """Which way, and why."""

    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Upheld")), ("no", _("Not upheld"))],
        coerce=lambda answer: answer == "yes",
    )
    answer = forms.CharField(label=_("Reasons, for the traveller"), max_length=2000, widget=forms.Textarea({"rows": 2}))
