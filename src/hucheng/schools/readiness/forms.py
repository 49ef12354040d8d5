"""What people type in about an item, a plan, a task force."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.schools.plans.models import PlanPiece
from hucheng.schools.readiness.items import TEN
from hucheng.schools.readiness.rules import Statement


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class StatementForm(forms.Form):
    """The self-check of one item."""

    in_place = forms.TypedChoiceField(
        label=_("How it stands"),
        choices=[("yes", _("In place")), ("no", _("Not in place"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    evidence = forms.CharField(
        label=_("What was seen"),
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
        help_text=_("What was seen, by whom; or what is short and until when it will be there."),
    )
    figure = forms.IntegerField(
        label=_("Figure"), min_value=0, required=False, help_text=_("Needed for what is in place.")
    )
    reference = forms.CharField(label=_("File or number"), max_length=120, required=False)
    valid_until = forms.DateField(
        label=_("Valid until"), widget=DayInput, required=False, help_text=_("Needed for what is in place.")
    )

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number
        item = TEN[number]
        if item.figure:
            self.fields["figure"].label = item.figure
        else:
            del self.fields["figure"]

    @property
    def statement(self) -> Statement:
        """The statement of a form that is valid."""
        return Statement(number=self.number, **self.cleaned_data)


class PieceForm(forms.Form):
    """A plan, contingency plan or task force."""

    kind = forms.TypedChoiceField(label=_("Piece"), choices=PlanPiece.Kind.choices, coerce=PlanPiece.Kind)
    title = forms.CharField(label=_("Title, or head of the task force"), max_length=120)
    reference = forms.CharField(label=_("File or number"), max_length=120, required=False)
    people = forms.IntegerField(label=_("People of the task force"), min_value=0, max_value=500, required=False)
    drilled_on = forms.DateField(label=_("Day of the drill"), widget=DayInput, required=False)
