"""Questions that a scenario puts in words, answered truly through the doors; one without a function is blind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from hucheng.command import door as command
from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.economy import door as economy
from hucheng.entry import door as entry
from hucheng.exercises.scenarios import written
from hucheng.quarantine import door as quarantine
from hucheng.schools import door as schools

Whereabouts, Kind = entry.Whereabouts, entry.Fact.Kind
FEVER = 37.3
"""Degrees; rule R05 of the entry table."""
CASES = ("suspected", "confirmed", "asymptomatic")
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which scenario asks, and at which time of the story."""

    scenario: str
    at: datetime


Answer = Callable[[Asked], float | None]
_answers: dict[str, Answer] = {}


def answers(words: str) -> Callable[[Answer], Answer]:
    """Register the function that answers a question of a scenario, by its exact words."""

    def register(answer: Answer) -> Answer:
        _answers[words] = answer
        return answer

    return register


def answer(words: str, asked: Asked) -> float | None:
    """What is true; None for a question that no function answers yet, or whose rows nobody has written."""
    found = _answers.get(words)
    value = found(asked) if found else None
    return None if value is None else float(value)


@answers("diverted flights landed")
def flights_landed(asked: Asked) -> float:
    """Flights that have landed here."""
    return entry.Flight.objects.seen_by(SYSTEM).filter(landed_at__lte=asked.at).count()


@answers("passengers landed")
def passengers_landed(asked: Asked) -> float:
    """Passengers of the flights that have landed, crew apart."""
    return _passengers().filter(flight__landed_at__lte=asked.at).count()


@answers("travellers of F01 and F02 who left for Beijing")
def first_two_onward(asked: Asked) -> float:
    """Passengers of the first two flights who travelled on."""
    return _of_flights(asked, "F01", "F02").filter(whereabouts=Whereabouts.DEPARTED).count()


@answers("travellers of F01 and F02 in houses")
def first_two_in_houses(asked: Asked) -> float:
    """Passengers of the first two flights who are in a quarantine house."""
    return _of_flights(asked, "F01", "F02").filter(whereabouts=Whereabouts.HOUSE).count()


@answers("action and outcome directives published")
def directives_published(asked: Asked) -> float:
    """Directives of the 43rd meeting that are published and count as work."""
    rows = command.Directive.objects.filter(meeting__in=command.Meeting.objects.seen_by(SYSTEM))
    published = rows.filter(state=command.Directive.State.PUBLISHED, kind__in=("action", "outcome"))
    return published.filter(meeting__number=43).count()


@answers("schools open on 25 March; three state the item that holds them")
@answers("schools open for grade 12")
def schools_open(asked: Asked) -> float:
    """Schools whose grade 12 has returned."""
    return _grade12(asked).count()


@answers("schools opened on 30 March")
def schools_opened_on_the_30th(asked: Asked) -> float:
    """Schools whose grade 12 returned on that day."""
    return _grade12(asked).filter(day=date(2020, 3, 30)).count()


@answers(
    "passengers and crew of landed flights not in exactly one of: in the port, in transfer, hospital, house, "
    "departed onward, released, crew house"
)
def not_in_one_end(asked: Asked) -> float:
    """People of landed flights whose whereabouts are none of the places where somebody answers for them."""
    ends = [place for place in Whereabouts if place != Whereabouts.ABOARD]
    landed = entry.Arrival.objects.seen_by(SYSTEM).filter(flight__landed_at__lte=asked.at)
    return landed.exclude(whereabouts__in=ends).count()


@answers("persons with two active stays")
def in_two_beds(asked: Asked) -> float:
    """People who hold two beds at once."""
    rows = quarantine.Stay.objects.seen_by(SYSTEM).filter(ended_at=None)
    return rows.values("arrival__person").annotate(beds=Count("pk")).filter(beds__gt=1).count()


@answers("tasks shown as met whose measure has no value")
def met_and_blind(asked: Asked) -> float:
    """Tasks that stand as met though nobody can read their measure."""
    lines = command.open_lines(SYSTEM, asked.at)
    return sum(1 for line in lines if line.task.measure and _unread(line) and line.standing == command.Standing.MET)


@answers("passes ever issued to a person while positive, suspected, feverish, symptomatic or a contact")
def passes_to_the_unfit(asked: Asked) -> float:
    """Passes of the last hour whose holder was known as a case, feverish, ill or a contact when they were signed.

    Looked at every hour, so each pass is looked at once; a breach is kept.
    """
    rows = entry.Pass.objects.seen_by(SYSTEM).filter(issued_at__gt=asked.at - AN_HOUR, issued_at__lte=asked.at)
    return sum(1 for one in rows.select_related("arrival") if _unfit(one))


@answers("versions of the targets of 2020")
def versions_of_targets(asked: Asked) -> float:
    """Versions of the year's targets that are dated by then: the draft, and what the congress adopted."""
    return len(economy.versions_of(SYSTEM, 2020, asked.at.astimezone(SHANGHAI).date()))


def _unfit(one: entry.Pass) -> bool:
    contacts = entry.CloseContact.objects.seen_by(SYSTEM)
    if contacts.filter(arrival=one.arrival, named_at__lte=one.issued_at).exists():
        return True
    latest: dict[str, str] = {}
    facts = entry.Fact.objects.seen_by(SYSTEM).filter(arrival=one.arrival, at__lte=one.issued_at)
    for fact in facts.order_by("at", "recorded_at"):
        latest[fact.kind] = fact.value
    said = entry.Declaration.objects.seen_by(SYSTEM).filter(arrival=one.arrival, at__lte=one.issued_at)
    form = said.order_by("-at").first()
    return (
        latest.get(Kind.TEST) == "positive"
        or latest.get(Kind.CASE) in CASES
        or float(latest.get(Kind.TEMPERATURE, "0")) >= FEVER
        or bool(latest.get(Kind.SYMPTOMS))
        or bool(form and form.symptoms)
    )


def _grade12(asked: Asked) -> QuerySet[schools.Opening]:
    return schools.Opening.objects.seen_by(SYSTEM).filter(key="grade-12", at__lte=asked.at)


def _unread(line: Any) -> bool:
    return line.reading is None or line.reading.value is None


def _passengers() -> QuerySet[entry.Arrival]:
    return entry.Arrival.objects.seen_by(SYSTEM).exclude(kind=entry.Arrival.Kind.CREW)


def _of_flights(asked: Asked, *names: str) -> QuerySet[entry.Arrival]:
    rows = {row["id"]: row for row in written(asked.scenario)["flights"]}
    chosen = Q(pk=None)
    for name in names:
        day = datetime.fromisoformat(rows[name]["lands"]).date()
        chosen |= Q(flight__number=rows[name]["flight"], flight__date=day)
    return _passengers().filter(chosen)
