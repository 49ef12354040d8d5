"""Declarations as pages need them."""

from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival


def latest_declaration(arrival: Arrival) -> Declaration | None:
    """The declaration of one person that counts."""
    return Declaration.objects.filter(arrival=arrival).order_by("-at").first()
