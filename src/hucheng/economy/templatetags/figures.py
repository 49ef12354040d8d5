"""Published figures and prices as the pages of this wing write them."""

from decimal import Decimal

from django import template

from hucheng.core.design.templatetags.design import number

register = template.Library()


@register.filter
def figure(value: Decimal | float | None) -> str:
    """A figure with at most one decimal, as growth is published; a dash for none."""
    return number(None if value is None else float(value))


@register.filter
def money(value: Decimal) -> str:
    """A price in yuan with its two decimals."""
    return f"{value:,.2f}"
