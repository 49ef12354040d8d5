"""Notices with what the counties did of them; fires with their timeline."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.stability.response.models import Fire, FireEntry, FireNotice, NoticeReceipt, NoticeTask

FIRST_RESPONSE = timedelta(minutes=30)
"""A crew is on the spot within this time (catalogue: stability.fire.first_response_30min)."""


@dataclass(frozen=True, slots=True)
class FireStory:
    """A fire with its timeline. `response` is the time to the crew, None while none is entered."""

    fire: Fire
    entries: list[FireEntry]

    @property
    def response(self) -> timedelta | None:
        """From the report to the crew on the spot."""
        return next(
            (e.happened_at - self.fire.reported_at for e in self.entries if e.kind == FireEntry.Kind.CREW), None
        )

    @property
    def minutes(self) -> int | None:
        """The response in whole minutes."""
        return None if self.response is None else int(self.response.total_seconds() // 60)

    @property
    def out(self) -> bool:
        """Whether the fire is out."""
        return any(entry.kind == FireEntry.Kind.OUT for entry in self.entries)

    @property
    def in_time(self) -> bool:
        """Whether the crew came in time."""
        return self.response is not None and self.response <= FIRST_RESPONSE

    def judged(self, at: datetime) -> bool:
        """Whether the first response can be judged: a crew came, or the time is over."""
        return self.response is not None or at - self.fire.reported_at > FIRST_RESPONSE


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice with its receipts and tasks as this actor sees them."""

    notice: FireNotice
    tasks: int
    done: int
    late: int
    receipts: int
    counties: int
    mine_received: bool


def fires(actor: Actor, at: datetime, place: str = "") -> list[FireStory]:
    """The fires in sight, newest first, with what was entered by then."""
    rows = Fire.objects.seen_by(actor).filter(reported_at__lte=at)
    found = list(rows.filter(place=place) if place else rows)
    entries = defaultdict(list)
    for entry in FireEntry.objects.seen_by(actor).filter(entered_at__lte=at):
        entries[entry.fire_id].append(entry)
    return [FireStory(fire, entries[fire.pk]) for fire in found]


def notices(actor: Actor, at: datetime) -> list[NoticeLine]:
    """Every notice that set a county in sight a task, newest first."""
    today = at.astimezone(SHANGHAI).date()
    late = Count("pk", filter=Q(done_at=None, due__lt=today))
    counts = {
        row["notice"]: row
        for row in NoticeTask.objects.seen_by(actor)
        .values("notice")
        .annotate(tasks=Count("pk"), done=Count("done_at"), late=late, counties=Count("place", distinct=True))
        .order_by()
    }
    receipts: dict[object, set[str]] = defaultdict(set)
    for notice, place in NoticeReceipt.objects.seen_by(actor).values_list("notice", "place"):
        receipts[notice].add(place)
    return [
        NoticeLine(
            notice, row["tasks"], row["done"], row["late"], len(receipts[notice.pk]), row["counties"],
            actor.place in receipts[notice.pk],
        )
        for notice in FireNotice.objects.filter(pk__in=counts)
        if (row := counts[notice.pk])
    ]  # fmt: skip


def tasks_of(actor: Actor, place: str) -> list[NoticeTask]:
    """A county's tasks of all notices, open ones first, then by day."""
    rows = NoticeTask.objects.seen_by(actor).filter(place=place).select_related("notice")
    return list(rows.order_by("done_at", "due", "number"))
