"""Whether notes are answered in a day."""

from datetime import datetime

from django.db.models import F
from django.urls import reverse

from hucheng.command.supervision.models import SupervisionNote
from hucheng.command.supervision.queries import ANSWER_WITHIN
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor


@measure("command.supervision.notes_answered_24h")
def notes_answered_24h(actor: Actor, at: datetime) -> Reading:
    """Notes answered within 24 hours, of those sent at least 24 hours ago or answered."""
    notes = SupervisionNote.objects.seen_by(actor).filter(sent_at__lte=at)
    answered = notes.filter(answered_at__lte=at)
    in_time = answered.filter(answered_at__lte=F("sent_at") + ANSWER_WITHIN).count()
    open_too_long = notes.filter(sent_at__lte=at - ANSWER_WITHIN).exclude(answered_at__lte=F("sent_at") + ANSWER_WITHIN)
    url = reverse("command:supervision")
    return Reading.share(in_time, in_time + open_too_long.count(), as_of=at, rows_url=url)
