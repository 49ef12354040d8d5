"""Whether the counties took part and the minutes were split into tasks in a day."""

from datetime import datetime, time, timedelta

from django.urls import reverse

from hucheng.command.directives.queries import meeting_day
from hucheng.command.meetings.models import Meeting
from hucheng.command.meetings.queries import NEWEST, counties_present_at
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.places.queries import counties_of
from hucheng.core.scope.actor import Actor

A_DAY = timedelta(hours=24)


@measure("command.meetings.counties_present")
def counties_present(actor: Actor, at: datetime) -> Reading:
    """Counties whose heads were at a branch venue of the latest meeting of this place that had branch venues."""
    here = Meeting.objects.seen_by(actor).filter(place=actor.place, discarded_at=None)
    held = here.filter(received_at__lte=at, venues__kind="branch")
    latest = held.order_by(*NEWEST).first()
    url = reverse("command:meetings")
    if latest is None:
        return Reading(None, at, rows_url=url)
    counties = counties_of(latest.place)
    return Reading.share(len(counties_present_at(latest, counties)), len(counties), as_of=at, rows_url=url)


@measure("command.meetings.minutes_24h")
def minutes_24h(actor: Actor, at: datetime) -> Reading:
    """Meetings whose directives were published within 24 hours of the end of their day, of those that old or done."""
    rows = Meeting.objects.seen_by(actor).filter(discarded_at=None, received_at__lte=at).exclude(held_on=None)
    in_time = due = 0
    for meeting in rows.only("held_on", "received_at", "published_at"):
        limit = datetime.combine(meeting_day(meeting), time.max, SHANGHAI) + A_DAY
        published_at = meeting.published_at
        done = published_at is not None and published_at <= min(limit, at)
        in_time += done
        due += done or at > limit
    return Reading.share(in_time, due, as_of=at, rows_url=reverse("command:meetings"))
