"""Declarations as pages need them."""

from django.db.models import QuerySet

from hucheng.entry.declarations.models import Declaration
from hucheng.entry.flights.models import Arrival


def latest_declaration(arrival: Arrival) -> Declaration | None:
    """The declaration of one person that counts."""
    return declarations_of(arrival).first()


def declarations_of(arrival: Arrival) -> QuerySet[Declaration]:
    """All declarations of one person, the one that counts first."""
    return Declaration.objects.filter(arrival=arrival).order_by("-at", "-id")
