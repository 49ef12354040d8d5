"""The forms of a week of a project and of a blocker."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Organisation, Place
from hucheng.economy.fields import DayInput, by_code
from hucheng.economy.projects.models import Blocker, KeyProject


class ProgressForm(forms.Form):
    """Where one project stands."""

    code = forms.ChoiceField(label=_("Project"))
    day = forms.DateField(label=_("Day"), widget=DayInput)
    started = forms.BooleanField(label=_("Work started"), required=False)
    done = forms.IntegerField(label=_("Done, per cent"), min_value=0, max_value=100)
    planned = forms.IntegerField(label=_("Planned by now, per cent"), min_value=0, max_value=100)
    reason = forms.CharField(label=_("Reason, for a correction"), max_length=200, required=False)

    def __init__(self, *args: Any, projects: Sequence[KeyProject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = by_code(projects)  # type: ignore[attr-defined]


class BlockerForm(forms.Form):
    """What holds a project up."""

    code = forms.ChoiceField(label=_("Project"))
    factor = forms.ChoiceField(label=_("Factor"), choices=Blocker.Factor.choices)
    text = forms.CharField(label=_("What is missing"), max_length=300)
    owner = forms.ChoiceField(label=_("Who answers for it"))
    since = forms.DateField(label=_("Stands since"), widget=DayInput)

    def __init__(
        self, *args: Any, projects: Sequence[KeyProject], owners: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = by_code(projects)  # type: ignore[attr-defined]
        self.fields["owner"].choices = by_code(owners)  # type: ignore[attr-defined]


class ProjectForm(forms.Form):
    """One key project to list."""

    code = forms.SlugField(label=_("Code of the project"), max_length=20)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    place = forms.ChoiceField(label=_("County"))
    owner = forms.ChoiceField(label=_("Who answers for it"))
    start_on = forms.DateField(label=_("Planned start"), widget=DayInput)

    def __init__(self, *args: Any, counties: Sequence[Place], owners: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = by_code(counties)  # type: ignore[attr-defined]
        self.fields["owner"].choices = by_code(owners)  # type: ignore[attr-defined]
