"""The forms of a price and of a stock."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.economy.fields import DayInput, by_code
from hucheng.economy.supply.models import Good


class OfAGood(forms.Form):
    """What is reported of one good on one day."""

    code = forms.ChoiceField(label=_("Good"))
    day = forms.DateField(label=_("Day"), widget=DayInput)

    def __init__(self, *args: Any, goods: Sequence[Good], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = by_code(goods)  # type: ignore[attr-defined]


class PriceForm(OfAGood):
    """The price of one good."""

    price = forms.DecimalField(label=_("Price, yuan a unit"), max_digits=10, decimal_places=2)
    reason = forms.CharField(label=_("Reason, for a correction"), max_length=200, required=False)


class StockForm(OfAGood):
    """The stock of one good."""

    stock = forms.DecimalField(label=_("Stock, in units"), max_digits=12, decimal_places=1)
    use_a_day = forms.DecimalField(label=_("Use a day, in units"), max_digits=12, decimal_places=1)
    reason = forms.CharField(label=_("Reason, for a correction"), max_length=200, required=False)


class GoodForm(forms.Form):
    """One good to watch, with its rule."""

    code = forms.SlugField(label=_("Code of the good"), max_length=30, help_text=_("Small letters, digits, dashes"))
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Good.Kind.choices)
    unit = forms.ChoiceField(label=_("Unit"), choices=Good.Unit.choices)
    least_days = forms.IntegerField(label=_("Least days of stock"), min_value=1, max_value=365)
    week_change = forms.DecimalField(
        label=_("Largest change in a week, per cent"), min_value=0, max_value=100, max_digits=4, decimal_places=1
    )
    rule_source = forms.CharField(label=_("Source of the rule"), max_length=200)

    def row(self) -> dict[str, str]:
        """The good as a row of the table of goods."""
        return {name: str(value) for name, value in self.cleaned_data.items()}
