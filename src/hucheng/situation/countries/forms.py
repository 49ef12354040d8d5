"""The form that takes a file of series in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own choice of a day, whatever language writes days how."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SeriesForm(forms.Form):
    """A table with its source and day of publication."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or workbook (.xlsx) with the heads date, country, confirmed; deaths and recovered if known."),
    )
    source = forms.CharField(label=_("Source"), max_length=120)
    published_on = forms.DateField(label=_("Published on"), widget=DayInput)
