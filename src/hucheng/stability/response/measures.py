"""Whether fires are answered in time, and whether the notice is carried out."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import Reading, measure
from hucheng.core.scope.actor import Actor
from hucheng.stability.response.models import NoticeTask
from hucheng.stability.response.queries import fires


@measure("stability.fire.first_response_30min")
def first_response_30min(actor: Actor, at: datetime) -> Reading:
    """Fires with a crew on the spot within thirty minutes; one still within its time is not judged yet."""
    judged = [story for story in fires(actor, at) if story.judged(at)]
    in_time = sum(story.in_time for story in judged)
    return Reading.share(in_time, len(judged), as_of=at, rows_url=reverse("stability:fires"))


@measure("stability.fire.notice_tasks_done")
def notice_tasks_done(actor: Actor, at: datetime) -> Reading:
    """Tasks of fire notices whose day is over that are done with evidence."""
    today = at.astimezone(SHANGHAI).date()
    due = NoticeTask.objects.seen_by(actor).filter(due__lt=today, notice__issued_at__lte=at)
    done = due.filter(Q(done_at__lte=at)).count()
    return Reading.share(done, due.count(), as_of=at, rows_url=reverse("stability:notices"))
