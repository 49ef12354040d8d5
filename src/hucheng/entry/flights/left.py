"""Who has left."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from hucheng.core.refusal import Refusal
from hucheng.entry.flights.models import OUTSIDE, Arrival


def refuse_those_who_left(arrivals: Collection[Arrival]) -> None:
    """Refuse when one of them has left: nobody is brought back by a line in a list."""
    gone = [arrival for arrival in arrivals if arrival.whereabouts in OUTSIDE]
    if gone:
        raise Refusal(
            "has_left",
            why=_("%(count)d of them have left already.") % {"count": len(gone)},
            do=_("Open the person to see where they went; a recall is sent from the gate."),
        )
