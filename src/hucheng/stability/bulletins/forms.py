"""Forms of asking, answering, claims and the bulletin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.queries import organisations
from hucheng.stability.bulletins.actions import Saying
from hucheng.stability.bulletins.daily_text import Fact
from hucheng.stability.bulletins.models import Topic
from hucheng.stability.forms import DayInput

AREA = {"rows": 3}


class AskForm(forms.Form):
    """A question of anybody. `website` is a field that only programs fill in."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)
    text = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(AREA),
        max_length=500,
        help_text=_("Without names, telephone or identity numbers: nobody keeps who asks."),
    )
    website = forms.CharField(required=False, max_length=200)


class SayForm(forms.Form):
    """What the city says, in both languages, with its source."""

    text_zh = forms.CharField(label=_("Answer in Chinese"), widget=forms.Textarea(AREA), max_length=4000)
    text_en = forms.CharField(label=_("Answer in English"), widget=forms.Textarea(AREA), max_length=4000)
    source = forms.CharField(label=_("Source"), max_length=300)
    office = forms.ChoiceField(label=_("Office that answers for it"))
    since = forms.DateField(label=_("Holds from"), widget=DayInput())
    until = forms.DateField(label=_("Holds until"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = organisations().values()
        city = [(one.code, one.name) for one in known if one.code.startswith("TY-")]
        self.fields["office"].choices = city  # type: ignore[attr-defined]

    def said(self) -> Saying:
        """As the actions take it."""
        told = self.cleaned_data
        return Saying(told["text_zh"], told["text_en"], told["source"], told["office"], told["since"], told["until"])


class AnswerForm(SayForm):
    """A new answer to a question, in the city's own words."""

    matter_zh = forms.CharField(label=_("Question in Chinese"), max_length=300)
    matter_en = forms.CharField(label=_("Question in English"), max_length=400)
    field_order = ["matter_zh", "matter_en"]


class ClaimFactForm(SayForm):
    """The facts that meet a claim."""

    topic = forms.ChoiceField(label=_("Topic"), choices=Topic.choices)


class CorrectForm(SayForm):
    """A correction with its reason."""

    why = forms.CharField(label=_("Why it is corrected"), max_length=300)
    field_order = ["why"]


class ClaimForm(forms.Form):
    """A claim verified as false: its words, never whose."""

    text_zh = forms.CharField(label=_("Claim in Chinese"), max_length=300)
    text_en = forms.CharField(label=_("Claim in English"), max_length=400)


class BulletinForm(forms.Form):
    """A public fact of the day to go with the measures, and why a second bulletin is published."""

    zh = forms.CharField(label=_("Fact in Chinese"), max_length=500, required=False)
    en = forms.CharField(label=_("Fact in English"), max_length=500, required=False)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)
    why = forms.CharField(label=_("Why corrected (from the second one on)"), max_length=300, required=False)

    def facts(self) -> list[Fact]:
        """The fact, if one was told."""
        told = self.cleaned_data
        return [Fact(told["zh"], told["en"], told["source"])] if told["zh"] or told["en"] else []
