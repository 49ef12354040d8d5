"""What is asked of a quarantine: every assumption in one place, the answer to it, and what another assumption changes.

Of a disease with shedding by day the answer is the chance that somebody leaves still infectious. Of one whose
infectiousness is only known from generation times or serial intervals it is the share of a person's infections that
come after release (see `spread`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from hucheng.engines.risk.kernels import Departure, Kernels
from hucheng.engines.risk.profiles import Curve, Profile, curves
from hucheng.engines.risk.quarantine import Strategy, residual_risk
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.sentences import Change, change, percent, said
from hucheng.engines.risk.special import Array, normal_quantile
from hucheng.engines.risk.spread import Spread, with_spread

LEAKY, TOGETHER, GROWING = 0.95, 0.15, 0.1
DRAWS, SHARES = 40, 64
"""Draws of what is not known of infectiousness, each a whole answer of its own, and shares without symptoms in each."""
_TWO_SIDED = 1.959963984540054
_END, _TOGETHER = ("infectious_end_intercept", "infectious_end_slope"), "infectious_end_correlation"
_CAUSES = {
    "asymptomatic_share": "cause_silent",
    "incubation": "cause_incubation",
    "infectious_end": "cause_infectious_end",
    "generation_mean": "cause_generation",
    "serial_mean": "cause_serial",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a quarantine, with every assumption that can be changed."""

    disease: Profile
    plan: Strategy
    curve: Curve
    journey_hours: float = 8
    infected: int = 1
    adherence: float = 1.0
    correlation: float = 0.0
    mixing: float = 0.0
    growth: float | None = None
    asymptomatic_share: float | None = None
    asymptomatic_sensitivity: float | None = None
    exit_sensitivity: float | None = None
    monitoring: bool = True

    def __post_init__(self) -> None:
        """Refuse tests with a shipped curve of another virus."""
        if self.plan.tests and not self.curve_holds:
            raise refused("curve_other", name=self.disease.key, curve=self.curve.key)

    @property
    def curve_holds(self) -> bool:
        """Whether the test curve is one for this disease, or one's own."""
        allowed = self.disease.test_curves
        return allowed is None or self.curve.key in allowed or curves().get(self.curve.key) != self.curve

    def kernels(self) -> Kernels:
        """Give the kernels of the disease and journey asked about."""
        kind = Spread if self.disease.spread_by else Kernels
        return kind(
            self.disease,
            journey_hours=self.journey_hours,
            departure=Departure(self.growth),
            exit_sensitivity=self.exit_sensitivity,
            monitoring=self.monitoring,
        )


@dataclass(frozen=True, slots=True)
class Range:
    """The 95 % interval of an answer, the key of the sentence on its cause, and what its parts alone would change."""

    low: float
    high: float
    cause: str
    changes: tuple[Change, ...] = ()


def leak(asked: Question, kernels: Kernels) -> float:
    """Give the chance that at least one of the infected leaves while still infectious.

    Of a Spread: the share of each one's infections that is still to come after release.
    """
    one = residual_risk(
        kernels,
        [asked.plan],
        asked.curve,
        asymptomatic_share=asked.asymptomatic_share,
        asymptomatic_sensitivity=asked.asymptomatic_sensitivity,
        adherence=asked.adherence,
        correlation=asked.correlation,
    )
    each = min(max(float(one.infectious[0]), 0.0), 1.0)
    return each if isinstance(kernels, Spread) else 1 - (1 - each) ** asked.infected


def interval_of(asked: Question, kernels: Kernels, draws: int = DRAWS) -> Range | None:
    """Give the interval over what the sources doubt: who has no symptoms, infectiousness by day, incubation.

    None where they doubt nothing. The share without symptoms alone moves the answer between its limits, as published;
    with infectiousness it is drawn: shares normal on the logit scale, times on the log scale, intercept and slope of
    the end of infectiousness jointly normal with their correlation. Incubation is drawn too where its limits move the
    answer further than those of the share without symptoms.
    """
    disease, usual, name = asked.disease, leak(asked, kernels), _doubted(asked.disease)
    silent, incubation = _at_limits_of_silent(asked, kernels), _at_limits_of_incubation(asked)
    far = {"asymptomatic_share": _furthest(silent, usual), "incubation": _furthest(incubation, usual)}
    stretched = far["incubation"] > far["asymptomatic_share"]
    if name is None and not stretched:
        return Range(min(silent), max(silent), _CAUSES["asymptomatic_share"]) if silent else None
    points = _points(draws)
    drawn = [(asked, kernels)] * draws
    parts: tuple[Change, ...] = ()
    if name is not None:
        drawn = _drawn(asked, kernels, name, points)
        ends = _ends([leak(one, known) for one, known in drawn])
        parts = tuple(change(name, end, said(words)) for end, words in zip(ends, ("lower", "upper"), strict=True))
        far[name] = _furthest(ends, usual)
    if stretched:
        drawn = _stretched(drawn, disease.parameter(disease.incubation_number).spread(points[2]))
    shares = disease.parameter("asymptomatic_share").spread(normal_quantile((np.arange(SHARES) + 0.5) / SHARES))
    low, high = _ends([_over_shares(one, known, shares) for one, known in drawn])
    held = [key for key in far if key != "incubation" or stretched]
    return Range(low, high, _CAUSES[max(held, key=lambda key: far[key])], parts)


def changes_of(asked: Question, kernels: Kernels) -> list[Change]:
    """Give the answer under each assumption changed alone."""
    changed: list[tuple[str, object, Question]] = []
    for end in limits(asked.disease, "asymptomatic_share"):
        changed.append(("asymptomatic_share", percent(end), replace(asked, asymptomatic_share=end)))
    place = asked.disease.incubation_number
    for end in limits(asked.disease, place):
        changed.append((place, f"{end:g}", replace(asked, disease=_with_incubation(asked.disease, end))))
    changed.append(("adherence", percent(LEAKY), replace(asked, adherence=LEAKY)))
    changed += _changed_tests(asked)
    for growth in (0.0, GROWING):
        changed.append(("departure", f"{100 * growth:.0f}%", replace(asked, growth=growth)))
    changed.append(("exit_sensitivity", "", replace(asked, exit_sensitivity=0.0)))
    changed.append(("monitoring", "", replace(asked, monitoring=False)))
    found = [
        change(name, leak(other, kernels if _alike(asked, other) else other.kernels()), to)
        for name, to, other in changed
        if other != asked
    ]
    if isinstance(kernels, Spread):
        name = "whenever_onset" if kernels.from_onset else "after_onset"
        found.append(change(name, leak(asked, kernels.otherwise())))
    return found


def _at_limits_of_silent(asked: Question, kernels: Kernels) -> list[float]:
    ends = limits(asked.disease, "asymptomatic_share")
    return [leak(replace(asked, asymptomatic_share=end), kernels) for end in ends]


def _at_limits_of_incubation(asked: Question) -> list[float]:
    ends = limits(asked.disease, asked.disease.incubation_number)
    others = [replace(asked, disease=_with_incubation(asked.disease, end)) for end in ends]
    return [leak(one, one.kernels()) for one in others]


def _ends(values: ArrayLike) -> list[float]:
    """Give the 2.5 % and 97.5 % quantiles of values at places that stand in the middle of equal shares."""
    return [float(end) for end in np.quantile(np.asarray(values, dtype=np.float64), [0.025, 0.975], method="hazen")]


def _furthest(values: Sequence[float], usual: float) -> float:
    return max((abs(value - usual) for value in values), default=0.0)


def _changed_tests(asked: Question) -> list[tuple[str, object, Question]]:
    """Give the question with other test curves, and with tests that fail together or find everybody alike."""
    if not asked.plan.tests:
        return []
    found: list[tuple[str, object, Question]] = []
    for key, known in curves().items():
        allowed = asked.disease.test_curves
        if key != asked.curve.key and (allowed is None or key in allowed):
            found.append(("curve", key, replace(asked, curve=known)))
    if len(asked.plan.tests) > 1:
        found.append(("correlation", percent(TOGETHER), replace(asked, correlation=TOGETHER)))
    found.append(("asymptomatic_sensitivity", "", replace(asked, asymptomatic_sensitivity=1.0)))
    return found


def _doubted(disease: Profile) -> str | None:
    """Name what the sources doubt of infectiousness by day: its end, or the mean of the intervals it is taken from."""
    if disease.spread_by:
        name = f"{disease.spread_by}_mean"
        return name if limits(disease, name) else None
    known = all(limits(disease, part) for part in _END) and _TOGETHER in disease.parameters
    return "infectious_end" if known else None


def _drawn(asked: Question, kernels: Kernels, name: str, points: Array) -> list[tuple[Question, Kernels]]:
    """Give the question and its kernels at each drawn place of what is doubted; points of shape (3, draws)."""
    disease = asked.disease
    if isinstance(kernels, Spread):
        means = disease.parameter(name).spread(points[0])
        return [
            (replace(asked, disease=with_spread(disease, mean)), kernels.stretched(mean)) for mean in means.tolist()
        ]
    together = disease[_TOGETHER]
    places = points[0], together * points[0] + np.sqrt(1 - together**2) * points[1]
    errors = [(high - low) / (2 * _TWO_SIDED) for low, high in (limits(disease, part) for part in _END)]
    lines = [disease[part] + error * place for part, error, place in zip(_END, errors, places, strict=True)]
    lines[1] = np.maximum(lines[1], limits(disease, _END[1])[0] / 2)  # infectiousness ends in every draw
    made = [replace(asked, disease=_ending(disease, *line)) for line in np.array(lines).T.tolist()]
    return [(one, one.kernels()) for one in made]


def _stretched(drawn: list[tuple[Question, Kernels]], places: Array) -> list[tuple[Question, Kernels]]:
    """Give the drawn questions with a drawn incubation each, and their kernels."""
    made = [
        replace(one, disease=_with_incubation(one.disease, place))
        for (one, _), place in zip(drawn, places.tolist(), strict=True)
    ]
    return [(one, one.kernels()) for one in made]


def _ending(disease: Profile, intercept: float, slope: float) -> Profile:
    """Give the disease with another end of infectiousness."""
    ends = {
        part: replace(disease.parameter(part), value=value, low=None, high=None)
        for part, value in zip(_END, (intercept, slope), strict=True)
    }
    return replace(disease, parameters={**disease.parameters, **ends})


def _over_shares(asked: Question, kernels: Kernels, shares: Array) -> Array:
    """Give the answer at many shares without symptoms: one person's risk mixes those with and without by who boards."""
    ends = [leak(replace(asked, infected=1, asymptomatic_share=end), kernels) for end in (0.0, 1.0)]
    weights = [(1 - shares) * kernels.aboard()[0], shares * kernels.aboard()[1]]
    each = (weights[0] * ends[0] + weights[1] * ends[1]) / (weights[0] + weights[1])
    return np.asarray(each if isinstance(kernels, Spread) else 1 - (1 - each) ** asked.infected)


def _points(draws: int) -> Array:
    """Give standard normal places in three directions, each evenly covered; always the same. Shape (3, draws)."""
    rng = np.random.default_rng(1)
    return normal_quantile((np.array([rng.permutation(draws) for _ in range(3)]) + 0.5) / draws)


def _alike(one: Question, other: Question) -> bool:
    """Whether two questions have the same kernels."""
    same = one.growth == other.growth and one.exit_sensitivity == other.exit_sensitivity
    return same and one.disease is other.disease and one.monitoring == other.monitoring


def _with_incubation(disease: Profile, place: float) -> Profile:
    """Give the disease with every incubation longer or shorter by the same factor."""
    scale = place / disease[disease.incubation_number]
    numbers = dict(disease.parameters)
    powers = {"incubation_median": 1, "incubation_q975": 1, "incubation_mean": 1, "incubation_variance": 2}
    for name, power in powers.items():
        if name in numbers:
            numbers[name] = replace(numbers[name], value=disease[name] * scale**power, low=None, high=None)
    return replace(disease, parameters=numbers)


def limits(disease: Profile, name: str) -> tuple[float, ...]:
    """Give the 95 % limits of a number of the disease; nothing where its source gives none."""
    if name not in disease.parameters:
        return ()
    number = disease.parameters[name]
    return () if number.low is None or number.high is None else (number.low, number.high)
