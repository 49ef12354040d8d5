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
