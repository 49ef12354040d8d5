"""Answers for people on screening and quarantine: number, interval and cause, assumptions, and a plain sentence."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from hucheng.engines.risk.house import in_house, infectious_period
from hucheng.engines.risk.kernels import Departure, Kernels
from hucheng.engines.risk.policies import Costs, frontier, next_test
from hucheng.engines.risk.profiles import Curve, Profile, curve, curves, profile
from hucheng.engines.risk.quarantine import MOST_DAYS, Strategy, residual_risk, smallest_quarantine
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.screening import Screens, screening, screening_interval
from hucheng.engines.risk.sentences import Answer, Change, change, days_of_tests, interval, percent, ranked, said
from hucheng.engines.words.bilingual import Bilingual

__all__ = ["Answer", "Question", "assumed", "percent", "quarantine_answer", "screening_answer"]

LEAKY, TOGETHER, GROWING = 0.95, 0.15, 0.1
MOST_INFECTED = 1000


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

    def kernels(self) -> Kernels:
        """Give the kernels of the disease and journey asked about."""
        return Kernels(
            self.disease,
            journey_hours=self.journey_hours,
            departure=Departure(self.growth),
            exit_sensitivity=self.exit_sensitivity,
        )


def screening_answer(
    key: str | Profile,
    journey_hours: float,
    exit_sensitivity: float | None = None,
    entry_sensitivity: float | None = None,
) -> Answer:
    """Say how many infected travellers screening at both ends misses. Raises RiskRefused."""
    disease = profile(key)
    given = Screens(exit_sensitivity=exit_sensitivity, entry_sensitivity=entry_sensitivity)
    ends = screening(disease, journey_hours=journey_hours, **given)
    both = screening_interval(disease, journey_hours=journey_hours, **given)
    low, high = both or (None, None)
    told = said(
        "screening", hours=f"{journey_hours:g}", value=percent(ends.missed), interval=_shares(low, high, "cause_silent")
    )
    changes = [
        change("asymptomatic_share", *_missed(disease, journey_hours, given, silent=end)) for end in _ends(disease)
    ]
    changes += [
        change(disease.incubation_number, *_missed(disease, journey_hours, given, incubation=end))
        for end in _ends(disease, disease.incubation_number)
    ]
    for sensitivity in (0.5, 0.9):
        other = screening(
            disease, journey_hours=journey_hours, exit_sensitivity=sensitivity, entry_sensitivity=sensitivity
        )
        changes.append(change("screening", other.missed, percent(sensitivity)))
    return Answer(
        "screening",
        ends.missed,
        low,
        high,
        told,
        assumed(disease),
        {"ends": asdict(ends)},
        ranked(ends.missed, changes),
    )


def quarantine_answer(
    key: str | Profile,
    days: int,
    tests: Sequence[int] = (),
    *,
    test_curve: str | Curve = "kucirka",
    journey_hours: float = 8,
    infected: int = 1,
    adherence: float = 1.0,
    correlation: float = 0.0,
    mixing: float = 0.0,
    growth: float | None = None,
    target: float | None = None,
    costs: Costs | None = None,
    most_tests: int = 2,
) -> Answer:
    """Say how likely somebody leaves quarantine still infectious. Raises RiskRefused.

    costs  adds the plans that no other beats in cost and risk, of up to most_tests tests
    """
    if not 1 <= infected <= MOST_INFECTED:
        raise refused("days", name="infected", value=infected, most=MOST_INFECTED)
    asked = Question(
        profile(key),
        Strategy(days, tuple(tests)),
        curve(test_curve),
        journey_hours,
        infected,
        adherence,
        correlation,
        mixing,
        growth,
    )
    kernels = asked.kernels()
    value = leak(asked, kernels)
    ends = [leak(replace(asked, asymptomatic_share=end), kernels) for end in _ends(asked.disease)]
    low, high = ends or (None, None)
    leaky = leak(replace(asked, adherence=LEAKY), kernels)
    told = said(
        "quarantine",
        infected=infected,
        days=days,
        tests=days_of_tests(tests),
        value=percent(value),
        interval=_shares(low, high, "cause_silent"),
        adherence="100%" if adherence == 1 else percent(adherence),
        leaky=percent(leaky),
    )
    details = {**_details(asked, kernels, target, costs, most_tests), "at_95_percent_adherence": leaky}
    changes = ranked(value, _changes(asked, kernels))
    return Answer("quarantine", value, low, high, told, _assumed_of(asked), details, changes)


def leak(asked: Question, kernels: Kernels) -> float:
    """Give the chance that at least one of the infected leaves while still infectious."""
    one = residual_risk(
        kernels,
        [asked.plan],
        asked.curve,
        asymptomatic_share=asked.asymptomatic_share,
        asymptomatic_sensitivity=asked.asymptomatic_sensitivity,
        adherence=asked.adherence,
        correlation=asked.correlation,
    )
    return float(1 - (1 - min(max(one.infectious[0], 0.0), 1.0)) ** asked.infected)


def assumed(disease: Profile) -> dict[str, str]:
    """Name the set of assumptions of a disease."""
    return {"name": disease.key, "version": disease.version, "source": disease.source}


def _assumed_of(asked: Question) -> dict[str, str]:
    """Name every assumption of a quarantine: the disease, the test, and how people behave."""
    uniform = "at random within each infection"
    return {
        **assumed(asked.disease),
        "test_curve": asked.curve.key,
        "test_source": asked.curve.source,
        "adherence": f"{asked.adherence:g}",
        "correlation_of_tests": f"{asked.correlation:g}",
        "mixing": f"{asked.mixing:g}",
        "departure": uniform if asked.growth is None else f"by duration, epidemic growing {asked.growth:g} a day",
        "journey_hours": f"{asked.journey_hours:g}",
    }


def _details(
    asked: Question, kernels: Kernels, target: float | None, costs: Costs | None, most_tests: int
) -> dict[str, object]:
    usual = residual_risk(kernels, [asked.plan], asked.curve, adherence=asked.adherence, correlation=asked.correlation)
    inside = in_house(kernels, asked.plan, asked.curve, mixing=asked.mixing, correlation=asked.correlation)
    more = next_test(kernels, asked.plan, asked.curve, correlation=asked.correlation)
    details: dict[str, object] = {
        "stopped": float(usual.stopped[0]),
        "infectious_days": float(usual.days[0]),
        "onward_infections": _onward(asked, kernels, float(usual.days[0])),
        "in_house": asdict(inside),
        "next_test": [asdict(plan) for plan in more[:3]],
    }
    if target is not None:
        days = smallest_quarantine(
            kernels,
            asked.curve,
            target,
            tests_before_release=[1],
            adherence=asked.adherence,
            correlation=asked.correlation,
        )
        details["smallest"] = {"target": target, "days": days, "tests_before_release": [1], "most_days": MOST_DAYS}
    if costs is not None:
        plans = frontier(
            kernels,
            asked.curve,
            costs,
            most_tests=most_tests,
            adherence=asked.adherence,
            correlation=asked.correlation,
        )
        details["frontier"] = [asdict(plan) for plan in plans]
    return details


def _onward(asked: Question, kernels: Kernels, days: float) -> float | None:
    """Give the infections expected after release: r0 spread evenly over the infectious period; None without an r0."""
    if "r0" not in asked.disease.parameters:
        return None
    return asked.disease["r0"] * days / infectious_period(kernels, asked.disease["asymptomatic_share"])


def _changes(asked: Question, kernels: Kernels) -> list[Change]:
    """Give the answer under each assumption changed alone."""
    changed: list[tuple[str, object, Question]] = []
    for end in _ends(asked.disease):
        changed.append(("asymptomatic_share", percent(end), replace(asked, asymptomatic_share=end)))
    place = asked.disease.incubation_number
    for end in _ends(asked.disease, place):
        changed.append((place, f"{end:g}", replace(asked, disease=_with_incubation(asked.disease, end))))
    for key, known in curves().items():
        if key != asked.curve.key and asked.plan.tests:
            changed.append(("curve", key, replace(asked, curve=known)))
    changed.append(("adherence", percent(LEAKY), replace(asked, adherence=LEAKY)))
    if len(asked.plan.tests) > 1:
        changed.append(("correlation", percent(TOGETHER), replace(asked, correlation=TOGETHER)))
    if asked.plan.tests:
        changed.append(("asymptomatic_sensitivity", "", replace(asked, asymptomatic_sensitivity=1.0)))
    for growth in (0.0, GROWING):
        changed.append(("departure", f"{100 * growth:.0f}%", replace(asked, growth=growth)))
    changed.append(("exit_sensitivity", "", replace(asked, exit_sensitivity=0.0)))
    return [
        change(name, leak(other, kernels if _alike(asked, other) else other.kernels()), to)
        for name, to, other in changed
        if other != asked
    ]


def _alike(one: Question, other: Question) -> bool:
    """Whether two questions have the same kernels."""
    same = one.growth == other.growth and one.exit_sensitivity == other.exit_sensitivity
    return same and one.disease is other.disease


def _missed(disease: Profile, hours: float, given: Screens, **other: float) -> tuple[float, object]:
    """Give the share missed if one number of the disease were another, and that number as people read it."""
    if "silent" in other:
        return screening(disease, journey_hours=hours, asymptomatic_share=other["silent"], **given).missed, percent(
            other["silent"]
        )
    scale = other["incubation"] / disease[disease.incubation_number]
    return screening(disease, journey_hours=hours, incubation_scale=scale, **given).missed, f"{other['incubation']:g}"


def _with_incubation(disease: Profile, place: float) -> Profile:
    """Give the disease with every incubation longer or shorter by the same factor."""
    scale = place / disease[disease.incubation_number]
    numbers = dict(disease.parameters)
    powers = {"incubation_median": 1, "incubation_q975": 1, "incubation_mean": 1, "incubation_variance": 2}
    for name, power in powers.items():
        if name in numbers:
            numbers[name] = replace(numbers[name], value=disease[name] * scale**power, low=None, high=None)
    return replace(disease, parameters=numbers)


def _ends(disease: Profile, name: str = "asymptomatic_share") -> tuple[float, ...]:
    """Give the 95 % limits of a number of the disease; nothing where its source gives none."""
    if name not in disease.parameters:
        return ()
    number = disease.parameters[name]
    return () if number.low is None or number.high is None else (number.low, number.high)


def _shares(low: float | None, high: float | None, cause: str) -> Bilingual:
    if low is None or high is None:
        return interval(None, None, said(cause))
    return interval(percent(low), percent(high), said(cause))
