"""Forms of fires and notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Place
from hucheng.stability.forms import DayInput, MomentField
from hucheng.stability.response.actions import TaskIn
from hucheng.stability.response.models import FireEntry


class FireForm(forms.Form):
    """A fire, the moment it is known."""

    place = forms.ChoiceField(label=_("County"))
    where = forms.CharField(
        label=_("Place of the fire"), max_length=120, help_text=_("The hill, village or road; no person.")
    )
    text = forms.CharField(label=_("What is known"), max_length=300, required=False)

    def __init__(self, *args: object, places: list[Place], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["place"].choices = [(one.code, one.name) for one in places]  # type: ignore[attr-defined]


class FollowForm(forms.Form):
    """What happened next at a fire."""

    kind = forms.ChoiceField(label=_("What"), choices=FireEntry.Kind.choices)
    happened_at = MomentField(label=_("When"))
    text = forms.CharField(label=_("In words"), max_length=300, required=False)


class NoticeForm(forms.Form):
    """A notice to every county."""

    title = forms.CharField(label=_("Title"), max_length=200)
    until = forms.DateField(label=_("In force until"), widget=DayInput())
    due = forms.DateField(label=_("Tasks due by"), widget=DayInput())
    tasks = forms.CharField(label=_("Tasks, one a line"), widget=forms.Textarea({"rows": 4}), max_length=4000)

    def wanted(self) -> list[TaskIn]:
        """The tasks."""
        told = self.cleaned_data
        return [TaskIn(line.strip(), told["due"]) for line in told["tasks"].splitlines() if line.strip()]
