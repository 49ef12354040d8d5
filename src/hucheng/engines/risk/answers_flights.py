"""The answer for people on tomorrow's flights: how many infected they bring, and what would change it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from hucheng.engines.risk.answers import assumed, infectiousness
from hucheng.engines.risk.importation import (
    LEVELS,
    OVERDISPERSION,
    Aboard,
    Draws,
    Flight,
    Screens,
    aboard,
    importation,
    level_kernels,
    parameters,
    unknown_at,
)
from hucheng.engines.risk.profiles import Profile, profile
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.sentences import Answer, Change, change, count, interval, percent, ranked, said
from hucheng.engines.risk.series import Note, World, as_dicts, country_name, note
from hucheng.engines.risk.special import Array
from hucheng.engines.words.bilingual import Bilingual

_TWO_SIDED = 1.959963984540054
_REPORTED, _SILENT = 2, 3
FEW_TESTS = 0.25
"""Share of positive tests above which too few are tested to trust the usual share reported."""


def importation_answer(
    key: str | Profile,
    flights: Sequence[Flight],
    world: World,
    screens: Screens | None = None,
    *,
    overdispersion: float = OVERDISPERSION,
    seed: int = 1,
) -> Answer:
    """Say how many infected the flights bring. Raises RiskRefused when not one flight can be given a number."""
    if not flights:
        raise refused("no_flights")
    disease, looks = profile(key), screens or Screens()
    found = importation(disease, flights, world, looks, overdispersion=overdispersion, seed=seed)
    notes = [*world.notes, *_tests_notes(world), *_without(flights, world)]
    if not found:
        listed = Bilingual("；".join(one.text.zh for one in notes), "; ".join(one.text.en for one in notes))
        raise refused("no_figures", notes=listed)
    total = np.sum([one.expected_draws for one in found], axis=0)
    value = float(total.mean())
    low, high = (float(end) for end in np.quantile(total, [0.025, 0.975]))
    told = said(
        "importation",
        count=len(found),
        passengers=sum(one.flight.passengers for one in found),
        value=count(value),
        interval=interval(count(low), count(high), said("cause_reported")),
        missed=count(sum(one.missed for one in found)),
        any=percent(1 - float(np.prod([one.chances[0] for one in found]))),
    )
    named = {
        **assumed(disease),
        **infectiousness(disease),
        "ascertainment_source": parameters()["capacity_world"].source,
    }
    details: dict[str, object] = {
        "levels": list(LEVELS),
        "flights": [_shown(one) for one in found],
        "by_origin": _sums(found, lambda one: one.flight.origin),
        "by_day": _sums(found, lambda one: one.flight.day.isoformat()),
        "notes": as_dicts(notes),
    }
    changes = _changes(disease, [one.flight for one in found], world, looks, overdispersion)
    return Answer("importation", value, low, high, told, named, details, changes)


def _sums(found: Sequence[Aboard], by: Callable[[Aboard], str]) -> dict[str, dict[str, float]]:
    """Give infected, infectious and missed travellers expected, summed by origin or day."""
    sums: dict[str, dict[str, float]] = {}
    for one in found:
        own = sums.setdefault(by(one), {"infected": 0.0, "infectious": 0.0, "missed_at_entry": 0.0})
        own["infected"] += one.expected
        own["infectious"] += one.infectious
        own["missed_at_entry"] += one.missed
    return sums


def _shown(one: Aboard) -> dict[str, object]:
    low, high = (float(end) for end in np.quantile(one.expected_draws, [0.025, 0.975]))
    where = country_name(one.flight.origin)
    return {
        "flight": one.flight.flight,
        "date": one.flight.day.isoformat(),
        "origin": {"zh": where.zh, "en": where.en},
        "passengers": one.flight.passengers,
        "infected": [one.expected, low, high],
        "infectious": one.infectious,
        "missed_at_entry": one.missed,
        "any": {"zh": percent(one.any).zh, "en": percent(one.any).en},
        "quantiles": list(one.quantiles),
    }


def _changes(
    disease: Profile, flights: Sequence[Flight], world: World, screens: Screens, overdispersion: float
) -> tuple[Change, ...]:
    """Give the expected infected with each unknown alone at its 95 % limits, all others in the middle."""

    def expected(place: int | None, normal: float, looks: Screens = screens, *, level: bool = False) -> float:
        at = np.zeros((4, 1))
        if place is not None:
            at[place] = normal
        return sum(_expected(disease, flight, world, looks, at, overdispersion, level=level) for flight in flights)

    base, changes = expected(None, 0.0), []
    for end, limit in ((-_TWO_SIDED, "lower"), (_TWO_SIDED, "upper")):
        changes.append(change("reported", expected(_REPORTED, end), said(limit)))
        silent = float(disease.parameter("asymptomatic_share").spread(np.array([end]))[0])
        changes.append(change("asymptomatic_share", expected(_SILENT, end), percent(silent)))
    changes.append(change("growth", expected(None, 0.0, level=True)))
    if screens.at_exit:
        changes.append(change("exit_sensitivity", expected(None, 0.0, replace(screens, at_exit=0.0))))
    return ranked(base, changes)


def _expected(
    disease: Profile, flight: Flight, world: World, screens: Screens, at: Array, overdispersion: float, *, level: bool
) -> float:
    series = world.series[flight.origin]
    unknown = unknown_at(disease, series, flight.day, at)
    if level:
        unknown = Draws(
            series.cases[-7:].mean() / unknown.reported, unknown.growth * 0, unknown.reported, unknown.silent
        )
    kernels = level_kernels(disease, flight.hours, screens.at_exit)
    return aboard(flight, series, unknown, kernels, screens, overdispersion=overdispersion).expected


def _tests_notes(world: World) -> list[Note]:
    """Name the countries where so many tests are positive that few infections can be found."""
    found = []
    for code, series in world.series.items():
        if series.tests is None or not series.tests[-7:].sum():
            continue
        share = float(series.cases[-7:].sum() / series.tests[-7:].sum())
        if share > FEW_TESTS:
            found.append(note("few_tests", where=code, value=f"{100 * min(share, 1.0):.0f}%"))
    return found


def _without(flights: Sequence[Flight], world: World) -> list[Note]:
    return [
        note("no_series", where=flight.origin, flight=flight.flight)
        for flight in flights
        if flight.origin not in world.series
    ]
