"""What if a proposed table had judged the people of the last days: who would be treated otherwise, and why."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import Actor
from hucheng.engines.rules import Table, decide_all
from hucheng.engines.rules.compare import known_to
from hucheng.engines.words.bilingual import Bilingual
from hucheng.entry.flights.models import Arrival
from hucheng.entry.triage.models import Triage
from hucheng.entry.triage.tables import entry_table, rules_in_force

MOST_DAYS, MOST_SHOWN = 60, 500


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One person whom the proposed table would treat otherwise: what stands, what would stand, and why each."""

    arrival_id: UUID
    name: str
    flight: str
    judged_at: datetime
    old: Bilingual
    new: Bilingual
    old_why: Bilingual
    new_why: Bilingual
    new_row: str
    way: str
    """stricter, laxer or same (another reason for the same end)"""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The people judged in the last days, and those of them whom the table would treat otherwise; laxer ends first."""

    days: int
    looked_at: int
    otherwise: Sequence[Otherwise]
    moves: Sequence[tuple[Bilingual, Bilingual, int]]
    laxer: int
    stricter: int

    @property
    def shown(self) -> Sequence[Otherwise]:
        """As many as a page can hold."""
        return self.otherwise[:MOST_SHOWN]


def what_if(actor: Actor, table: Table, *, days: int, at: datetime) -> WhatIf:
    """Judge again, each on the day of their last judgement, the people in sight judged in the last days.

    Nothing is written. All rules of the table count as in force, as they would once it is approved.
    """
    days = max(1, min(days, MOST_DAYS))
    since = at - timedelta(days=days)
    rows = Arrival.objects.seen_by(actor).filter(last_triage__at__gt=since, last_triage__at__lte=at)
    people = list(rows.select_related("person", "flight", "last_triage").order_by("last_triage__at", "id"))
    by_day: dict[date, list[tuple[Arrival, Triage]]] = defaultdict(list)
    for arrival in people:
        if judged := arrival.last_triage:
            by_day[judged.at.astimezone(SHANGHAI).date()].append((arrival, judged))
    rules = rules_in_force(actor.place, at) | {rule for row in table.rows for rule in row.rules + row.needs}
    found = [one for day, judged in by_day.items() for one in _of_day(table, day, judged, rules)]
    found.sort(key=lambda one: (WAYS.index(one.way), one.judged_at, str(one.arrival_id)))
    moves = Counter((one.old, one.new) for one in found)
    ways = Counter(one.way for one in found)
    counted = sorted(moves.items(), key=lambda item: (-item[1], item[0][0].en, item[0][1].en))
    told = [(old, new, count) for (old, new), count in counted]
    return WhatIf(days, len(people), found, told, ways["laxer"], ways["stricter"])


WAYS = ("laxer", "stricter", "same")


def _of_day(table: Table, day: date, judged: Sequence[tuple[Arrival, Triage]], rules: set[str]) -> list[Otherwise]:
    cases = known_to(table, [triage.facts_used for _arrival, triage in judged])
    batch = decide_all(table, cases, on=day, in_force=rules)
    found = []
    for number, (arrival, triage) in enumerate(judged):
        row = batch.row(number)
        old_why = Bilingual(triage.reason_zh, triage.reason_en)
        if (row.outcome, row.reason) == (triage.code, old_why):
            continue
        found.append(
            Otherwise(
                arrival_id=arrival.pk,
                name=arrival.person.full_name,
                flight=arrival.flight.number,
                judged_at=triage.at,
                old=entry_table().title_of(triage.code),
                new=entry_table().title_of(row.outcome),
                old_why=old_why,
                new_why=row.reason,
                new_row=row.id,
                way=_way(triage.code, row.outcome),
            )
        )
    return found


def _way(old: str, new: str) -> str:
    order = entry_table()
    gained = order.strictness(new) - order.strictness(old)
    return "stricter" if gained > 0 else "laxer" if gained < 0 else "same"
