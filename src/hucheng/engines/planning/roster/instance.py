"""The roster problem: houses that need skills in three shifts, staff who live in for a bubble and rest after it."""

from dataclasses import dataclass

from hucheng.engines.planning.reading import At

SHIFTS = "DEN"
FREE = "-"
MOST_DAYS = 3660
Need = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Post:
    """One skill of one house: people needed in day, evening and night shift while the house is open, [start, end)."""

    house: int
    skill: str
    need: Need
    open: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker: skill, first day free of an earlier rest, spans away [start, end), days asked off.

    `test_due` is the last day on which a bubble may start without a new test, `trained` whether infection control was
    taught. Inside a bubble tests are the house's own business.
    """

    skill: str
    free_from: int
    away: tuple[tuple[int, int], ...]
    off: frozenset[int]
    test_due: int
    trained: bool

    def may_live_in(self, start: int, days: int) -> bool:
        """Tell whether a bubble of `days` from `start` is open to this worker."""
        fit = self.trained and self.free_from <= start <= self.test_due
        return fit and all(end <= start or start + days <= begin for begin, end in self.away)


@dataclass(frozen=True, slots=True)
class RosterInstance:
    """Days 0 to `days` - 1. Lengths and limits in days, weights a unit of what they count."""

    days: int
    posts: tuple[Post, ...]
    staff: tuple[Worker, ...]
    block: int
    rest_after_block: int
    overrun: int
    max_run: int
    max_nights_run: int
    night_cap: int
    w_under: int
    w_request: int
    w_block: int
    w_fair: int

    @property
    def cycle(self) -> int:
        """Give the least days from the start of one bubble to the start of the next of the same worker."""
        return self.block + self.rest_after_block

    @property
    def last_start(self) -> int:
        """Give the last day on which a bubble may start."""
        return self.days + self.overrun - self.block


def read(instance: At) -> RosterInstance:
    """Read an instance; raises PlanRefused with the place of what is wrong."""
    days, params = instance.key("days").whole(1, MOST_DAYS), instance.key("params")
    need = instance.key("need").items()
    spans = instance.key("open").items(len(need))
    posts = [
        Post(house, skill, (shifts[0], shifts[1], shifts[2]), spans[house].span(0, days))
        for house, entry in enumerate(need)
        for skill, at in entry.pairs()
        for shifts in [at.wholes(3, high=10_000)]
    ]
    block = params.key("block").whole(1, MOST_DAYS)
    rest, overrun = params.key("rest_after_block").whole(), params.key("overrun").whole(0, block)
    run, nights = params.key("max_run").whole(1), params.key("max_nights_run").whole(1)
    weights = [params.key(name).whole() for name in ("night_cap", "w_under", "w_request", "w_block", "w_fair")]
    staff = _staff(instance, days)
    return RosterInstance(days, tuple(posts), staff, block, rest, overrun, run, nights, *weights)


def _staff(instance: At, days: int) -> tuple[Worker, ...]:
    entries = instance.key("staff").items()
    off: list[set[int]] = [set() for _ in entries]
    for request in instance.key("off_requests").items():
        who, day = request.items(2)
        off[who.whole(0, len(entries) - 1)].add(day.whole(0, days - 1))
    return tuple(_worker(entry, frozenset(off[n])) for n, entry in enumerate(entries))


def _worker(entry: At, off: frozenset[int]) -> Worker:
    """Read a worker; where the file does not speak of tests and training, neither bars a bubble."""
    return Worker(
        skill=entry.key("skill").text(),
        free_from=entry.key("free_from").whole(),
        away=tuple(span.span(0, 2 * MOST_DAYS) for span in entry.key("away").items()),
        off=off,
        test_due=entry.key("test_due").whole() if entry.has("test_due") else MOST_DAYS,
        trained=entry.key("trained").flag() if entry.has("trained") else True,
    )
