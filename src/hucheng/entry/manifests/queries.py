"""Rows of passenger lists that wait for mending."""

from django.db.models import QuerySet

from hucheng.core.scope.actor import Actor
from hucheng.entry.flights.models import Flight
from hucheng.entry.manifests.models import ManifestRow


def rows_to_mend(actor: Actor, flight: Flight) -> QuerySet[ManifestRow]:
    """Pending rows of a flight's lists, oldest list first."""
    rows = ManifestRow.objects.seen_by(actor).filter(manifest__flight=flight, state=ManifestRow.State.PENDING)
    return rows.select_related("manifest").order_by("manifest__received_at", "line")
