"""Who is still infectious when: the natural history of Clifford 2021, integrated over the age of infection.

With u the age of an infection at departure and d the journey, every risk after r days is one sum over u of a kernel
K(u; r) times the chance that all tests miss. What depends on the disease and the journey is integrated once; a release
day costs a few products, each schedule of tests one more. Panels of Gauss-Legendre nodes end wherever something bends:
at every half-day after landing (where test curves have their points) and where infectiousness begins and ends to fade.
"""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from hucheng.engines.risk.distributions import Distribution, density_of_sum
from hucheng.engines.risk.profiles import Curve, Profile
from hucheng.engines.risk.refusal import refused, share
from hucheng.engines.risk.special import Array, Falling

LONGEST_JOURNEY = 72.0
NEEDED = (
    *("course_mean", "course_variance", "asymptomatic_course_mean", "asymptomatic_course_variance"),
    *("infectious_before_onset", "infectious_end_intercept", "infectious_end_slope"),
    *("asymptomatic_share", "asymptomatic_relative_sensitivity"),
)
"""Numbers that a disease needs beside its incubation for anything that happens after boarding."""
_TAIL, _NOTHING = 1e-9, 1e-18
_POINTS, _POINT_WEIGHTS = np.polynomial.legendre.leggauss(4)
_FINE_UNTIL, _COURSE, _WIDE = 35, 15.0, 2.5
_SHORTEST, _LONGEST = 0.1, 100.0
_WIDEST = 0.9


@dataclass(frozen=True, slots=True)
class Departure:
    """How old infections are at departure.

    growth  None: at random within each person's infection, as published; a number: as common as they are among the
            infected in an epidemic that grows by so much a day (0: level), so that long infections count more
    """

    growth: float | None = None

    def __post_init__(self) -> None:
        """Refuse a growth that no epidemic has."""
        if self.growth is not None and not -0.5 <= self.growth <= 1.0:
            raise refused("growth", value=self.growth)


@dataclass(frozen=True, slots=True)
class Weights:
    """What to sum over the ages after so many days, each row times the chance that all tests miss.

    infectious  released while able to infect, now or later
    released    all released
    days        expected days able to infect after release
    present     able to infect at that moment

    `spread.Spread` weighs by infections: there infectious and days hold the share of a person's infections still to
    come after release, present the share that falls on a day from that moment on.
    """

    infectious: Array
    released: Array
    days: Array
    present: Array


@dataclass(frozen=True, slots=True)
class Boarding:
    """Weights by age at departure: those who get symptoms some time, those who never do, those ill on landing; sums."""

    seen: Array
    unseen: Array
    ill: Array
    all_seen: float
    all_unseen: float


class Kernels:
    """The kernels of one disease and journey; `fineness` multiplies panels for checks of the accuracy.

    every share is exact to about 1e-8 at the usual fineness
    """

    needed: ClassVar[tuple[str, ...]] = NEEDED
    narrowest: ClassVar[float] = 0.1

    def __init__(
        self,
        disease: Profile,
        *,
        journey_hours: float,
        monitoring: bool = True,
        departure: Departure | None = None,
        exit_sensitivity: float | None = None,
        fineness: int = 1,
    ) -> None:
        """Integrate incubation and course.

        monitoring        whether onset during the stay keeps a person
        exit_sensitivity  of the look for symptoms at departure; None: the profile's
        raises            RiskRefused for journeys outside 0..72 hours, and for times too uncertain to integrate
        """
        if not 0 <= journey_hours <= LONGEST_JOURNEY:
            raise refused("journey", value=journey_hours)
        disease.require(*self.needed, *(("screening_sensitivity",) if exit_sensitivity is None else ()))
        self.disease, self.monitoring, self.departure = disease, monitoring, departure or Departure()
        laws = self._laws()
        found = disease["screening_sensitivity"] if exit_sensitivity is None else exit_sensitivity
        self.missed_at_exit = 1 - share("exit sensitivity", found)
        self.journey = journey_hours / 24
        self._pieces = fineness * _pieces(laws, self._longest(), self.narrowest)
        self.landing, self._weight = self._ages(laws)
        self.age = self.landing - self.journey
        if self.departure.growth is not None:
            self._weight = self._weight * np.exp(-self.departure.growth * self.age)
        self._onset, self._ended = self._histories(laws[0], laws[1])
        self._silent_onset, self._silent_ended = self._histories(laws[0], laws[2])
        self._tabulate(laws[0], laws[1])
        self._built: dict[float, tuple[Weights, Weights]] = {}
        self._found: dict[tuple[Curve, float], Array] = {}
        self.boarding = self._board()

    def after(self, days: float) -> tuple[Weights, Weights]:
        """Give the weights after so many days: of those who get symptoms, of those who never do. Kept once built."""
        if days not in self._built:
            self._built[days] = self._symptomatic(days), self._silent(days)
        return self._built[days]

    def found(self, curve: Curve, day: float) -> Array:
        """Give the sensitivity of a test so many days after landing, by age of infection. Kept once asked for."""
        if (curve, day) not in self._found:
            self._found[curve, day] = curve.at(self.landing + day)
        return self._found[curve, day]

    def _board(self) -> Boarding:
        before, landed = self._onset.tail(self.age), self._onset.tail(self.landing)
        ill = self.missed_at_exit * (self._ended.tail(self.age) - before)
        seen = self._weight * (before + ill)
        unseen = self._weight * self._silent_ended.tail(self.age)
        ill_landed = self._weight * (before - landed + ill)
        return Boarding(seen, unseen, ill_landed, float(seen.sum()), float(unseen.sum()))

    def aboard(self) -> tuple[float, float]:
        """Give the weight of everybody on board: of those who get symptoms, of those who never do."""
        return self.boarding.all_seen, self.boarding.all_unseen

    def period(self, silent: float) -> float:
        """Give the mean days a person can infect, those who get symptoms and those who never do mixed."""
        before = self.disease["infectious_before_onset"]
        seen = before + float(self.disease.infectious_left(0.0))
        return (1 - silent) * seen + silent * (before + self.disease.asymptomatic_course.mean)

    def caught_inside(self, age: float) -> tuple[float, float]:
        """Give the chance that who was infected in the house so many days ago is released able to infect, untested.

        The first is of those who get symptoms, the second of those who never do.
        """
        lasting = 1 - float(self.disease.incubation.cdf(age))
        if not self.monitoring:
            since = np.linspace(0, age, 65)
            begun = self.disease.incubation.density(np.maximum(age - since, 1e-9))
            lasting += float(np.trapezoid(begun * self.disease.still_infectious(since), since))
        return lasting, 1 - self.recovered_by(age)

    def recovered_by(self, days: float) -> float:
        """Give the chance that a person without symptoms has recovered so many days after infection."""
        step, last = 0.25, max(days, 0.25)
        at = np.linspace(0, last, math.ceil(last / step) + 1)
        onset = self.disease.incubation.cdf(at)
        lasting = self.disease.asymptomatic_course.cdf(days - (at[1:] + at[:-1]) / 2)
        return float(np.diff(onset) @ lasting)

    def _laws(self) -> tuple[Distribution, Distribution, Distribution]:
        """Give incubation, and how long people travel after onset: those who get symptoms, those who never do."""
        return self.disease.incubation, self.disease.course, self.disease.asymptomatic_course

    def _longest(self) -> float:
        """Give the days after onset by which nobody infects any more."""
        return self.disease.longest_infectious

    def _tabulate(self, incubation: Distribution, course: Distribution) -> None:
        """Tabulate what no day of release changes."""
        self._before = self.disease["infectious_before_onset"]
        self._flight()
        self._already(incubation, course)

    def _symptomatic(self, days: float) -> Weights:
        z, held = self.landing + days, self.journey + days
        ahead, before = self._onset.tail(z), self._onset.tail(self.age)
        ill = self._ended.tail(self.age) - before
        lags, still = [held - self._flown, held + self._since], []
        for lag in lags:
            still.append(np.array([self.disease.still_infectious(lag), self.disease.infectious_left(lag)]))
        now, left = (self._in_flight @ still[0].T + self.missed_at_exit * (self._ill_for @ still[1].T)).T
        away = before - self._onset.tail(self.landing)
        if not self.monitoring:
            now, left = np.array([now, left]) + self._unwatched(days)
            away = before - ahead
        later = self._onset.tail_of_tail(z) - self._onset.tail_of_tail(z + self._before)
        whole = float(self.disease.infectious_left(0.0))
        return Weights(
            self._weight * (ahead + now),
            self._weight * (ahead + away + self.missed_at_exit * ill),
            self._weight * (whole * ahead + later + left),
            self._weight * (ahead - self._onset.tail(z + self._before) + now),
        )

    def _silent(self, days: float) -> Weights:
        z = self.landing + days
        lasting, starting = self._silent_ended, self._silent_onset
        return Weights(
            self._weight * lasting.tail(z),
            self._weight * lasting.tail(self.age),
            self._weight * (lasting.tail_of_tail(z) - starting.tail_of_tail(z + self._before)),
            self._weight * (lasting.tail(z) - starting.tail(z + self._before)),
        )

    def _unwatched(self, days: float) -> Array:
        """Give those with onset during a stay without monitoring: infectious now, and days to come; shape (2, ages)."""
        since, weight = _nodes(_edges(days, self._kinks(0.0), 1.0 / self._pieces))
        begun = self._onset.value(self.landing[:, None] + days - since) * weight
        return np.array([begun @ self.disease.still_infectious(since), begun @ self.disease.infectious_left(since)])

    def _ages(self, laws: tuple[Distribution, ...]) -> tuple[Array, Array]:
        """Give nodes and weights of the age of infection on landing."""
        last = float(laws[0].quantile(1 - _TAIL)) + max(float(law.quantile(1 - _TAIL)) for law in laws[1:])
        self._last = math.ceil(last)
        until = max(_FINE_UNTIL, math.ceil(float(laws[0].quantile(0.999)) + _COURSE))
        fine = np.arange(0, min(until, self._last) + 1e-9, 0.5 / self._pieces)
        wide = np.arange(until, self._last + self.journey + _WIDE, _WIDE / self._pieces)
        edges = np.unique(np.concatenate([fine, wide, [self.journey]]))
        return _nodes(edges[edges >= self.journey])

    def _histories(self, incubation: Distribution, course: Distribution) -> tuple[Falling, Falling]:
        """Give the densities of onset and recovery by age, each times the chance to depart while infected."""
        step = 0.1 / self._pieces
        grid = np.arange(0, self._last + step, step)
        begins = _density(incubation, grid)
        ends = np.append(0.0, density_of_sum(incubation, course, grid[1:]))
        if self.departure.growth is not None:
            return Falling(step, begins), Falling(step, ends)
        duration, weight = self._course_nodes(course)
        until = int(np.flatnonzero(begins > begins.max() * _NOTHING)[-1]) + 1
        begins[:until] *= 1 / (grid[:until, None] + duration) @ (weight * course.density(duration))
        begins[until:] = 0.0
        ends[1:] /= grid[1:]
        return Falling(step, begins), Falling(step, ends)

    def _course_nodes(self, course: Distribution) -> tuple[Array, Array]:
        last = float(course.quantile(1 - _TAIL))
        return _nodes(np.linspace(0, last, max(8, math.ceil(last * self._pieces / 1.5)) + 1))

    def _flight(self) -> None:
        """Tabulate onset on board by time since departure."""
        kinks = [self.journey - kink for kink in self._kinks(0.0)]
        self._flown, weight = _nodes(_edges(self.journey, kinks, 1.0 / self._pieces))
        self._in_flight = self._onset.value(self.age[:, None] + self._flown) * weight

    def _already(self, incubation: Distribution, course: Distribution) -> None:
        """Tabulate those with symptoms at departure by days since onset, as long as they may still infect."""
        reach = max(self.disease.longest_infectious - self.journey, 0.0)
        self._since, weight = _nodes(_edges(reach, self._kinks(self.journey), 1.0 / self._pieces))
        begun = _density(incubation, self.age[:, None] - self._since)
        if self.departure.growth is not None:
            self._ill_for = begun * (weight * (1 - course.cdf(self._since)))
            return
        more, more_weight = self._course_nodes(course)
        lasting = _density(course, more[:, None] + self._since) * more_weight[:, None]
        self._ill_for = begun * (1 / (self.age[:, None] + more) @ lasting) * weight

    def _kinks(self, shift: float) -> list[float]:
        """Give the days since onset at which infectiousness starts and ends to fade, seen whole days earlier too."""
        ends = self.disease.first_end - shift, self.disease.longest_infectious - shift
        return [end - days for end in ends for days in range(math.ceil(max(end, 0.0)) + 1)]


def _density(law: Distribution, days: Array) -> Array:
    """Give the density of a law, 0 before day 0."""
    inside = days > 0
    return np.where(inside, law.density(np.where(inside, days, 1.0)), 0.0)


def _edges(length: float, kinks: list[float], width: float) -> Array:
    """Give panel edges of [0, length] no wider than asked and with an edge at every kink."""
    even = np.linspace(0, length, max(1, math.ceil(length / width)) + 1)
    edges = np.unique(np.concatenate([even, [kink for kink in kinks if 0 < kink < length]]))
    apart = np.concatenate([[True], np.diff(edges) > 1e-9])
    return np.asarray(edges[apart], dtype=np.float64)


def _nodes(edges: Array) -> tuple[Array, Array]:
    """Give four Gauss-Legendre nodes a panel, and their weights."""
    half = np.asarray(np.diff(edges)[:, None] / 2, dtype=np.float64)
    return (edges[:-1, None] + half * (_POINTS + 1)).ravel(), (half * _POINT_WEIGHTS).ravel()


def _pieces(laws: tuple[Distribution, ...], longest: float, narrowest: float) -> int:
    """Give into how many pieces panels are cut to meet the narrowest law; refuse what cannot be integrated."""
    for law in laws:
        if not narrowest <= law.sd / law.mean <= _WIDEST or law.sd < _SHORTEST or law.mean > _LONGEST:
            raise refused("too_spread", mean=f"{law.mean:g}", sd=f"{law.sd:g}", least=narrowest)
    if longest > _LONGEST:
        raise refused("too_long", days=f"{longest:g}", most=f"{_LONGEST:g}")
    return max(1, math.ceil(1 / min(law.sd for law in laws)))
