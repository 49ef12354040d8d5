"""How many infected travellers each flight brings: from a country's series, what it misses, and both screens.

Infections a day now are the reported cases of the last week, divided by the share reported and carried on by growth
over the time from infection to report. The infected at departure are those infections by age, as in `kernels`; those on
one flight cluster (groups book together), so their number is beta-binomial, never Poisson.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.growth import growth
from hucheng.engines.risk.kernels import LONGEST_JOURNEY, Departure, Kernels
from hucheng.engines.risk.profiles import Parameter, Profile
from hucheng.engines.risk.refusal import RiskRefused, refused, share
from hucheng.engines.risk.series import CountrySeries, World, country_code, read_table
from hucheng.engines.risk.special import Array, erf, log_beta, log_choose, normal_quantile
from hucheng.engines.risk.spread import Spread

MOST_PASSENGERS = 1000
LEAST_DEATHS = 50
"""Deaths in four weeks from which on the share reported is read from them: their own chance then matters little."""
OVERDISPERSION = 0.1
"""Correlation of infection between two travellers of one flight: an assumption, see docs/engines/risk.md."""
LEVELS = (0.5, 0.9, 0.95, 0.99)
DRAWS = 1024
_WEEK, _FORTNIGHT, _MONTH = 7, 14, 28
_GROWTH = 0.2
_FLOOR = 0.01
_THINNED = 4


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight: who flies from where, and how long."""

    flight: str
    day: date
    origin: str
    passengers: int
    hours: float

    def __post_init__(self) -> None:
        """Refuse flights that cannot be."""
        if not (1 <= self.passengers <= MOST_PASSENGERS and self.passengers == int(self.passengers)):
            raise refused("flight", flight=self.flight, what="passengers", value=self.passengers)
        if not 0 <= self.hours <= LONGEST_JOURNEY:
            raise refused("flight", flight=self.flight, what="hours", value=self.hours)


@dataclass(frozen=True, slots=True)
class Screens:
    """Sensitivity of the look for symptoms before departure and after landing, among those who have them."""

    at_exit: float = 0.0
    at_entry: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no share."""
        share("exit sensitivity", self.at_exit)
        share("entry sensitivity", self.at_entry)


@dataclass(frozen=True, slots=True)
class Draws:
    """What is not known of one country, drawn together; each of shape (draws,).

    infections  a day among the whole population, now
    growth      of infections a day, on the log scale
    reported    share of infections that is reported
    silent      share of the infected who never have symptoms
    """

    infections: Array
    growth: Array
    reported: Array
    silent: Array


@dataclass(frozen=True, slots=True)
class Aboard:
    """The infected of one flight.

    expected    infected on board; expected_draws: the same for each draw of what is not known
    infectious  of these, able to infect on landing; of a disease known by generation times or serial intervals each
                counts by the share of their infections still to come
    missed      of these, not found by the look for symptoms after landing
    chances     of 0, 1, 2, ... infected on board; quantiles: counts not exceeded with the chances LEVELS
    """

    flight: Flight
    expected: float
    expected_draws: Array
    infectious: float
    missed: float
    chances: Array
    quantiles: tuple[int, ...]

    @property
    def any(self) -> float:
        """The chance of at least one infected on board."""
        return float(1 - self.chances[0])


def read_flights(data: bytes) -> list[Flight]:
    """Read flights: CSV with flight, date, origin (ISO 3166), passengers and hours. Raises RiskRefused."""
    flights = []
    for row in read_table(data, ("flight", "date", "origin", "passengers", "hours")):
        named = row["flight"] or "-"
        try:
            day = date.fromisoformat(row["date"].strip())
        except ValueError as wrong:
            raise refused("date", value=row["date"] or "-", where=named) from wrong
        if (origin := country_code(row["origin"])) is None:
            raise refused("flight", flight=named, what="origin", value=row["origin"] or "-")
        numbers = [_number(named, name, row[name]) for name in ("passengers", "hours")]
        if not numbers[0].is_integer():
            raise refused("flight", flight=named, what="passengers", value=row["passengers"])
        flights.append(Flight(named, day, origin, int(numbers[0]), numbers[1]))
    return flights


def importation(
    disease: Profile,
    flights: Sequence[Flight],
    world: World,
    screens: Screens | None = None,
    *,
    overdispersion: float = OVERDISPERSION,
    seed: int = 1,
) -> list[Aboard]:
    """Give the infected on board of every flight whose origin has a usable series.

    raises RiskRefused for an overdispersion outside (0, 1), and for a disease whose share reported nobody knows
    """
    if not disease.like_sars_cov_2:
        raise refused("share_reported", name=disease.key)
    if not 0 < overdispersion < 1:
        raise refused("overdispersion", value=overdispersion)
    drawn: dict[tuple[str, date], Draws] = {}
    kernels: dict[float, Kernels] = {}
    found = []
    for flight in flights:
        if flight.origin not in world.series:
            continue
        series, key = world.series[flight.origin], (flight.origin, flight.day)
        if key not in drawn:
            drawn[key] = draws(disease, series, flight.day, seed=seed)
        if flight.hours not in kernels:
            kernels[flight.hours] = level_kernels(disease, flight.hours, (screens or Screens()).at_exit)
        found.append(
            aboard(
                flight, series, drawn[key], kernels[flight.hours], screens or Screens(), overdispersion=overdispersion
            )
        )
    return found


def draws(disease: Profile, series: CountrySeries, day: date, *, count: int = DRAWS, seed: int = 1) -> Draws:
    """Draw what is not known of a country on a day; the same seed and country give the same draws."""
    rng = np.random.default_rng([seed, *series.country.encode()])
    points = (np.array([rng.permutation(count) for _ in range(4)]) + 0.5) / count  # each margin evenly covered
    return unknown_at(disease, series, day, normal_quantile(points))


def unknown_at(disease: Profile, series: CountrySeries, day: date, normal: Array) -> Draws:
    """Give what is not known at standard normal places: growth, cases, share reported, share silent; shape (4, n)."""
    rate, error = _trend(series.cases)
    grown = np.clip(rate + error * normal[0], -_GROWTH, _GROWTH)
    recent = series.cases[-_WEEK:]
    spread = max(1.0, float(recent.var() / recent.mean())) if recent.sum() else 1.0
    shape = (recent.sum() + 1) / spread  # one more case than seen: none seen is not none there
    daily = Distribution("gamma", shape, spread / len(recent)).quantile((1 + erf(normal[1] / math.sqrt(2))) / 2)
    reported = _reported(series, normal[2])
    ahead = report_delay(disease) + (day - series.last).days + (len(recent) - 1) / 2
    silent = disease.parameter("asymptomatic_share").spread(normal[3])
    return Draws(daily / reported * np.exp(grown * ahead), grown, reported, silent)


def aboard(
    flight: Flight, series: CountrySeries, unknown: Draws, kernels: Kernels, screens: Screens, *, overdispersion: float
) -> Aboard:
    """Give the infected on one flight from the draws of its country; kernels must be those of a level epidemic."""
    boarding, landed = kernels.boarding, kernels.after(0)
    fading = np.exp(-unknown.growth[:, None] * kernels.age)
    per_day = unknown.infections / series.population
    seen, unseen = (1 - unknown.silent) * per_day, unknown.silent * per_day
    prevalence = seen * (fading @ boarding.seen) + unseen * (fading @ boarding.unseen)
    able = [one.infectious if isinstance(kernels, Spread) else one.present for one in landed]
    infectious = seen * (fading @ able[0]) + unseen * (fading @ able[1])
    ill = seen * (fading @ boarding.ill)
    held = np.minimum(prevalence, 1.0)
    expected = flight.passengers * held
    part = held / np.where(prevalence > 0, prevalence, 1.0)
    chances = np.mean([_clustered(flight.passengers, one, overdispersion) for one in held[::_THINNED]], axis=0)
    reached = np.cumsum(chances)
    return Aboard(
        flight,
        float(expected.mean()),
        expected,
        float((flight.passengers * part * infectious).mean()),
        float((flight.passengers * part * (prevalence - screens.at_entry * ill)).mean()),
        chances,
        tuple(min(int(np.searchsorted(reached, level)), flight.passengers) for level in LEVELS),
    )


def report_delay(disease: Profile) -> float:
    """Give the mean days from infection to report."""
    return disease.incubation.mean + parameters()["onset_to_report"].value


def level_kernels(disease: Profile, hours: float, at_exit: float) -> Kernels:
    """Give the kernels of a flight from a level epidemic; growth is put in by the draws."""
    kind = Spread if disease.spread_by else Kernels
    return kind(disease, journey_hours=hours, departure=Departure(0.0), exit_sensitivity=at_exit)


def _clustered(passengers: int, prevalence: float, overdispersion: float) -> Array:
    """Give the beta-binomial chances of 0, 1, ... infected; overdispersion correlates two travellers."""
    kept = min(max(prevalence, 1e-12), 1 - 1e-12)
    size = 1 / overdispersion - 1
    one, other, count = kept * size, (1 - kept) * size, np.arange(passengers + 1)
    logs = log_choose(passengers, count) + log_beta(count + one, passengers - count + other) - log_beta(one, other)
    chances = np.exp(logs)
    return np.asarray(chances / chances.sum())


def _trend(cases: Array) -> tuple[float, float]:
    """Give growth and its standard error over the last fortnight; none where it cannot be told from level."""
    try:
        found = growth([int(round(count)) for count in cases[-_FORTNIGHT:]])
    except RiskRefused:
        return 0.0, 0.0
    error = (found.high - found.low) / (2 * 1.959963984540054)
    if not math.isfinite(error) or found.low <= 0 <= found.high:
        return 0.0, 0.0
    return found.rate, error


def _reported(series: CountrySeries, normal: Array) -> Array:
    """Draw the share of infections that is reported: from deaths where there are enough, else by surveillance."""
    known = parameters()
    deaths = 0.0 if series.deaths is None else float(series.deaths[-_MONTH:].sum())
    if deaths >= LEAST_DEATHS and len(series.cases) >= _MONTH:
        settled = float(_settled(series.cases)[-_MONTH:].sum())
        if settled > 0:
            ratio = deaths / settled
            return np.clip(known["fatality"].spread(normal) / ratio, _FLOOR, 1.0)
    return np.clip(known[f"capacity_{series.capacity}"].spread(normal), _FLOOR, 1.0)


def _settled(cases: Array) -> Array:
    """Give, for each day, the reported cases whose outcome would be known that day if they died."""
    known = parameters()
    mean, sd = known["death_delay_mean"].value, known["death_delay_sd"].value
    spread = math.sqrt(math.log1p((sd / mean) ** 2))
    law = Distribution("lognormal", math.log(mean) - spread**2 / 2, spread)
    lags = np.diff(law.cdf(np.arange(len(cases) + 1, dtype=np.float64)))
    return np.asarray(np.convolve(cases, lags)[: len(cases)])


def _number(flight: str, name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as wrong:
        raise refused("flight", flight=flight, what=name, value=text or "-") from wrong


@cache
def parameters() -> dict[str, Parameter]:
    """Give the numbers of ascertainment.csv by name."""
    with Path(__file__).with_name("ascertainment.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["parameter"]: Parameter(
                float(row["value"]),
                float(row["low"]) if row["low"] else None,
                float(row["high"]) if row["high"] else None,
                row["unit"],
                row["source"],
            )
            for row in csv.DictReader(file)
        }
