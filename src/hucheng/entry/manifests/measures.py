"""Whether lists come in time and are mended in time."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.entry.flights.models import Flight
from hucheng.entry.manifests.models import Manifest, ManifestRow

AHEAD = timedelta(hours=3)
MENDED_IN = timedelta(hours=2)


@measure("entry.manifests.received_before_landing")
def received_before_landing(actor: Actor, at: datetime) -> Reading:
    """Flights whose list was read at least three hours before they landed."""
    landed = Flight.objects.seen_by(actor).filter(landed_at__lte=at)
    early = Manifest.objects.filter(flight=OuterRef("pk"), received_at__lte=OuterRef("landed_at") - AHEAD, new__gt=0)
    in_time = landed.filter(Exists(early)).count()
    return Reading.share(in_time, landed.count(), as_of=at, rows_url=reverse("entry:flights"))


@measure("entry.manifests.rows_unreadable_open")
def rows_to_mend(actor: Actor, at: datetime) -> Reading:
    """Rows that wait for mending longer than two hours."""
    rows = ManifestRow.objects.seen_by(actor).filter(state=ManifestRow.State.PENDING)
    late = rows.filter(manifest__received_at__lte=at - MENDED_IN).count()
    return Reading.count(late, as_of=at, rows_url=reverse("entry:flights"))
