"""Who will need what on which day: the plan of flights, stays and people inside that a demand forecast is made from.

A flight lands unless cancelled; of the parties it could hold each comes with the flight's own load factor, drawn once
for all of them (beta-binomial, so one full flight is not averaged away); a party has its size, is kept here or not, and
stays its days; each person may need a bed. A count of a day is then a sum of independent flights and of those inside.
"""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array

RESOURCES = ("arrivals", "rooms", "people", "beds", "tests")
MOST_DAYS = 400
_MOST_SEATS = 1000
_MOST_PARTY = 20


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight. day counts from the first day of the horizon, below 0 for one that has landed before it.

    seats      people who could come: seats on sale, or bookings once they are known
    load_mean, load_sd  the share of them who come, and how it varies from flight to flight; sd 0: each alike
    cancelled  probability that it does not fly
    kept       share of parties kept in quarantine here
    """

    day: int
    seats: int
    load_mean: float
    load_sd: float
    cancelled: float = 0.0
    kept: float = 1.0

    def __post_init__(self) -> None:
        """Refuse shares outside 0..1, impossible sizes, and a load that varies more than a share can."""
        for name in ("load_mean", "cancelled", "kept"):
            share(name, getattr(self, name))
        if not 0 <= self.seats <= _MOST_SEATS:
            raise refused("number", name="seats", value=self.seats, least=0, most=_MOST_SEATS)
        if not -MOST_DAYS <= self.day <= MOST_DAYS:
            raise refused("number", name="day", value=self.day, least=-MOST_DAYS, most=MOST_DAYS)
        if not 0 <= self.load_sd**2 < max(self.load_mean * (1 - self.load_mean), 1e-300):
            raise refused("load", mean=self.load_mean, sd=self.load_sd)

    @property
    def concentration(self) -> float:
        """The a + b of the beta distribution of the load factor; infinite when it does not vary."""
        if self.load_sd == 0:
            return math.inf
        return self.load_mean * (1 - self.load_mean) / self.load_sd**2 - 1


@dataclass(frozen=True, slots=True)
class Habits:
    """How those who land behave; distributions are shares by index and sum to 1.

    party           share of parties of 1, 2, ... people
    rooms           rooms a party of 1, 2, ... people takes, all of them while one of it is inside
    stay            share of kept parties who stay 0, 1, 2, ... days; the day of landing is the first
    hospital        share of all who land that needs a bed here
    hospital_after  share of those who need it 0, 1, ... days after landing
    hospital_stay   share of those who lie there 0, 1, ... days
    test_days       days after landing on which everybody kept is sampled; on day 0 everybody who lands
    """

    party: tuple[float, ...]
    rooms: tuple[int, ...]
    stay: tuple[float, ...]
    hospital: float = 0.0
    hospital_after: tuple[float, ...] = (1.0,)
    hospital_stay: tuple[float, ...] = (1.0,)
    test_days: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        """Refuse shares that do not sum to 1, and parties without a number of rooms."""
        for name in ("party", "stay", "hospital_after", "hospital_stay"):
            _distribution(name, getattr(self, name))
        share("hospital", self.hospital)
        if not 1 <= len(self.party) <= _MOST_PARTY or len(self.rooms) != len(self.party) or min(self.rooms) < 0:
            raise refused("shares", name="party, rooms", value=f"{len(self.party)}, {list(self.rooms)}")
        if any(not 0 <= day <= MOST_DAYS for day in self.test_days):
            raise refused("days", name="test_days", value=list(self.test_days), most=MOST_DAYS)

    @property
    def mean_party(self) -> float:
        """People in a party on average."""
        return float(np.arange(1, len(self.party) + 1) @ np.array(self.party))


@dataclass(frozen=True, slots=True)
class Inside:
    """People, rooms or beds in use before the horizon: how many, and the share still there on each day of it."""

    resource: str
    count: int
    there: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse negative counts and shares outside 0..1."""
        if self.count < 0:
            raise refused("inside", value=self.count)
        if self.resource not in RESOURCES:
            raise refused("method", value=self.resource, known=", ".join(RESOURCES))
        for value in self.there:
            share("there", value)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a forecast is made from. shared_sd: how far all load factors move together, on the logit scale (0: not)."""

    days: int
    flights: tuple[Flight, ...]
    habits: Habits
    inside: tuple[Inside, ...] = ()
    shared_sd: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a horizon that is none."""
        if not 1 <= self.days <= MOST_DAYS:
            raise refused("days", name="horizon", value=self.days, most=MOST_DAYS)
        if not 0 <= self.shared_sd <= 5:
            raise refused("load", mean="shared", sd=self.shared_sd)
        if any(len(group.there) != self.days for group in self.inside):
            raise refused("shares", name="inside", value=f"!= {self.days} days")

    def shifted(self, z: float) -> "Plan":
        """Give the plan when the shared factor is z standard deviations up: fuller flights, fewer cancelled."""
        flights = tuple(
            replace(flight, load_mean=mean, load_sd=_same_concentration(flight, mean), cancelled=cancelled)
            for flight in self.flights
            for mean, cancelled in [
                (
                    float(moved(flight.load_mean, z * self.shared_sd)),
                    float(moved(flight.cancelled, -z * self.shared_sd)),
                )
            ]
        )
        return replace(self, flights=flights, shared_sd=0.0)


def moved(value: float, step: ArrayLike) -> Array:
    """Give a share moved by steps on the logit scale; 0 and 1 stay."""
    steps = np.asarray(step, dtype=np.float64)
    if value in (0.0, 1.0):
        return np.full(steps.shape, value)
    return np.asarray(1 / (1 + (1 - value) / value * np.exp(-steps)))


def party_count(flight: Flight, habits: Habits) -> int:
    """Give the parties a flight could hold."""
    return round(flight.seats / habits.mean_party)


def per_party(habits: Habits, resource: str, kept: float, ages: ArrayLike) -> Array:
    """Give what one party needs so many days after landing: shape (ages, most + 1), shares of 0, 1, 2, ... units."""
    at = np.asarray(ages, dtype=int)
    if resource not in RESOURCES:
        raise refused("method", value=resource, known=", ".join(RESOURCES))
    sizes = range(1, len(habits.party) + 1)
    out = np.zeros((len(at), max(max(habits.rooms) if resource == "rooms" else len(sizes), 1) + 1))
    landed = np.where(at == 0, 1.0, 0.0)
    for size, weight, rooms in zip(sizes, habits.party, habits.rooms, strict=True):
        if resource == "arrivals":
            out[:, size] += weight * landed
        elif resource == "rooms":
            out[:, rooms] += weight * kept * _staying(habits, at) * (1 - moved_to_bed(habits, at) ** size)
        elif resource == "beds":
            out += weight * _binomial(size, in_bed(habits, at), out.shape[1])
        else:
            inside = weight * kept * _staying(habits, at)[:, None] * _binomial(
                size, 1 - moved_to_bed(habits, at), out.shape[1]
            )  # fmt: skip
            out += inside if resource == "people" else _sampled(habits, at, inside, size, weight)
    out[:, 0] = 0.0
    out[:, 0] = np.maximum(1.0 - out.sum(axis=1), 0.0)
    return out


def in_bed(habits: Habits, ages: Array) -> Array:
    """Give the probability that a person who landed lies in a bed here so many days later."""
    after, stay = np.array(habits.hospital_after), np.array(habits.hospital_stay)
    longest = len(after) + len(stay)
    begun = np.cumsum(np.pad(after, (0, longest - len(after))))
    ended = np.cumsum(np.pad(np.convolve(after, stay), (0, longest))[:longest])
    there = np.append(begun - ended, 0.0)
    return np.asarray(habits.hospital * np.clip(_looked_up(there, ages), 0.0, 1.0))


def moved_to_bed(habits: Habits, ages: ArrayLike) -> Array:
    """Give the probability that a person who landed has taken a bed by so many days later."""
    begun = np.append(np.cumsum(habits.hospital_after), 1.0)
    return np.asarray(habits.hospital * np.minimum(_looked_up(begun, np.asarray(ages, dtype=int)), 1.0))


def still_there(stay: tuple[float, ...], ages: ArrayLike) -> Array:
    """Give the share of stays longer than so many days; everybody before day 0."""
    left = np.append(1 - np.cumsum(stay), 0.0)
    left[left < 1e-12] = 0.0
    at = np.asarray(ages, dtype=int)
    return np.where(at < 0, 1.0, _looked_up(left, np.maximum(at, 0)))


def _staying(habits: Habits, ages: Array) -> Array:
    return np.where(ages < 0, 0.0, still_there(habits.stay, ages))


def _sampled(habits: Habits, ages: Array, inside: Array, size: int, weight: float) -> Array:
    out = np.where(np.isin(ages, habits.test_days)[:, None], inside, 0.0)
    if 0 in habits.test_days:
        out[ages == 0] = 0.0
        out[ages == 0, size] = weight
    return out


def _looked_up(table: Array, ages: Array) -> Array:
    """The table at each age: 0 before it begins, its last entry after it ends."""
    return np.where(ages < 0, 0.0, table[np.clip(ages, 0, len(table) - 1)])


def _binomial(count: int, probability: Array, width: int) -> Array:
    """Shares of 0..count of count, one row per probability, padded to a width."""
    out = np.zeros((len(probability), width))
    for hit in range(count + 1):
        out[:, hit] = math.comb(count, hit) * probability**hit * (1 - probability) ** (count - hit)
    return out


def _same_concentration(flight: Flight, mean: float) -> float:
    return 0.0 if flight.load_sd == 0 else math.sqrt(mean * (1 - mean) / (flight.concentration + 1))


def _distribution(name: str, shares: tuple[float, ...]) -> None:
    if not shares or min(shares) < 0 or abs(sum(shares) - 1) > 1e-9 or len(shares) > MOST_DAYS + 1:
        raise refused("shares", name=name, value=round(sum(shares), 6) if shares else "-")
