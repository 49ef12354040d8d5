"""Answers for people on screening and quarantine: number, interval and cause, assumptions, and a plain sentence."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from hucheng.engines.risk.house import in_house
from hucheng.engines.risk.kernels import Kernels
from hucheng.engines.risk.policies import Costs, frontier, next_test
from hucheng.engines.risk.profiles import Curve, Profile, curve, profile
from hucheng.engines.risk.quarantine import MOST_DAYS, RESULT_DELAY, Strategy, residual_risk, smallest_quarantine
from hucheng.engines.risk.question import LEAKY, Question, Range, changes_of, interval_of, leak, limits
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.screening import Screens, screening, screening_interval
from hucheng.engines.risk.sentences import Answer, change, count, days_of_tests, interval, percent, ranked, said
from hucheng.engines.risk.spread import Spread
from hucheng.engines.words.bilingual import Bilingual

__all__ = ["Answer", "Question", "assumed", "assumed_of", "percent", "quarantine_answer", "screening_answer"]

MOST_INFECTED = 1000


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
    changes = [
        change("asymptomatic_share", *_missed(disease, journey_hours, given, silent=end))
        for end in limits(disease, "asymptomatic_share")
    ]
    changes += [
        change(disease.incubation_number, *_missed(disease, journey_hours, given, incubation=end))
        for end in limits(disease, disease.incubation_number)
    ]
    most = ranked(ends.missed, changes)[:1]
    cause = "cause_incubation" if most and most[0].assumption == disease.incubation_number else "cause_silent"
    for sensitivity in (0.5, 0.9):
        other = screening(
            disease, journey_hours=journey_hours, exit_sensitivity=sensitivity, entry_sensitivity=sensitivity
        )
        changes.append(change("screening", other.missed, percent(sensitivity)))
    told = said("screening", hours=f"{journey_hours:g}", value=percent(ends.missed), interval=_shares(low, high, cause))
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
    monitoring: bool = True,
    target: float | None = None,
    costs: Costs | None = None,
    most_tests: int = 2,
) -> Answer:
    """Say how likely somebody leaves quarantine still infectious. Raises RiskRefused.

    monitoring  whether symptoms are looked for during the stay, so that onset keeps a person
    costs       adds the plans that no other beats in cost and risk, of up to most_tests tests
    """
    if not 1 <= infected <= MOST_INFECTED:
        raise refused("number", name="infected", value=infected, least=1, most=MOST_INFECTED)
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
        monitoring=monitoring,
    )
    kernels = asked.kernels()
    value, leaky = leak(asked, kernels), leak(replace(asked, adherence=LEAKY), kernels)
    found = interval_of(asked, kernels)
    low, high = (found.low, found.high) if found else (None, None)
    details = {**_details(asked, kernels, target, costs, most_tests), "at_95_percent_adherence": leaky}
    changes = ranked(value, [*changes_of(asked, kernels), *(found.changes if found else ())])
    other = leak(asked, kernels.otherwise()) if isinstance(kernels, Spread) else value
    told = _told(asked, value, leaky, other, found)
    return Answer("quarantine", value, low, high, told, assumed_of(asked), details, changes)


def _told(asked: Question, value: float, leaky: float, other: float, found: Range | None) -> Bilingual:
    """Say the number and its interval, and from what infectiousness by day is taken where it is not from shedding.

    other  the number if infections before onset were assumed otherwise
    """
    low, high, cause = (found.low, found.high, found.cause) if found else (None, None, "cause_silent")
    given = {
        "infected": asked.infected,
        "days": asked.plan.release_day,
        "tests": _watched(days_of_tests(asked.plan.tests), asked.monitoring),
        "value": percent(value),
        "interval": _shares(low, high, cause),
        "adherence": "100%" if asked.adherence == 1 else percent(asked.adherence),
        "leaky": percent(leaky),
    }
    if not (kind := asked.disease.spread_by):
        return said("quarantine", **given)
    number = Bilingual("", "")
    if "r0" in asked.disease.parameters:
        number = said("spread_number", count=count(value * asked.infected * asked.disease["r0"]))
    onset = said(f"onset_{kind}", other=percent(other))
    return said("quarantine_spread", **given, number=number, basis=said(f"basis_{kind}"), onset=onset)


def _watched(tests: Bilingual, monitoring: bool) -> Bilingual:
    """Say with the tests where nobody looks for symptoms during the stay."""
    return tests if monitoring else said("unwatched", tests=tests)


def assumed(disease: Profile) -> dict[str, str]:
    """Name the set of assumptions of a disease."""
    return {"name": disease.key, "version": disease.version, "source": disease.source}


def infectiousness(disease: Profile) -> dict[str, str]:
    """Name what infectiousness by day is taken from where no shedding is known: an assumption of the answer."""
    if not (kind := disease.spread_by):
        return {}
    sources = "; ".join(dict.fromkeys(one.source for name, one in disease.parameters.items() if name.startswith(kind)))
    before = "nobody infects before onset" if kind == "serial" else "whenever symptoms begin"
    return {"infectiousness": f"in proportion to the {said(f'basis_{kind}').en}, {before}: assumed; {sources}"}


def assumed_of(asked: Question) -> dict[str, str]:
    """Name every assumption of a quarantine: the disease, its infectiousness, the test, and how people behave."""
    uniform = "at random within each infection"
    tests = {"test_curve": asked.curve.key, "test_source": asked.curve.source} if asked.curve_holds else {}
    if asked.plan.tests:
        tests["result_delay_days"] = str(RESULT_DELAY)
    return {
        **assumed(asked.disease),
        **infectiousness(asked.disease),
        **tests,
        "adherence": f"{asked.adherence:g}",
        "correlation_of_tests": f"{asked.correlation:g}",
        "mixing": f"{asked.mixing:g}",
        "symptoms_during_the_stay": "looked for: onset keeps a person" if asked.monitoring else "not looked for",
        "departure": uniform if asked.growth is None else f"by duration, epidemic growing {asked.growth:g} a day",
        "journey_hours": f"{asked.journey_hours:g}",
    }


def _details(
    asked: Question, kernels: Kernels, target: float | None, costs: Costs | None, most_tests: int
) -> dict[str, object]:
    usual = residual_risk(kernels, [asked.plan], asked.curve, adherence=asked.adherence, correlation=asked.correlation)
    inside = asdict(in_house(kernels, asked.plan, asked.curve, mixing=asked.mixing, correlation=asked.correlation))
    details: dict[str, object] = {
        "stopped": float(usual.stopped[0]),
        "onward_infections": _onward(asked, kernels, float(usual.days[0])),
    }
    if asked.disease.spread_by:
        names = ("share_of_infections", "infected", "share_still_to_come")
        details |= {
            "share_after_release": float(usual.days[0]),
            "in_house": dict(zip(names, inside.values(), strict=True)),
        }
    else:
        details |= {"infectious_days": float(usual.days[0]), "in_house": inside}
    if asked.curve_holds:
        more = next_test(kernels, asked.plan, asked.curve, correlation=asked.correlation)
        details["next_test"] = [asdict(plan) for plan in more[:3]]
    before = [1] if asked.curve_holds else []
    if target is not None:
        days = smallest_quarantine(
            kernels,
            asked.curve,
            target,
            tests_before_release=before,
            adherence=asked.adherence,
            correlation=asked.correlation,
        )
        details["smallest"] = {"target": target, "days": days, "tests_before_release": before, "most_days": MOST_DAYS}
    if costs is not None:
        plans = frontier(
            kernels,
            asked.curve,
            costs,
            most_tests=most_tests if asked.curve_holds else 0,
            adherence=asked.adherence,
            correlation=asked.correlation,
        )
        details["frontier"] = [asdict(plan) for plan in plans]
    return details


def _onward(asked: Question, kernels: Kernels, days: float) -> float | None:
    """Give the infections expected after release: r0 spread evenly over the infectious period; None without an r0."""
    if "r0" not in asked.disease.parameters:
        return None
    return asked.disease["r0"] * days / kernels.period(asked.disease["asymptomatic_share"])


def _missed(disease: Profile, hours: float, given: Screens, **other: float) -> tuple[float, object]:
    """Give the share missed if one number of the disease were another, and that number as people read it."""
    if "silent" in other:
        return screening(disease, journey_hours=hours, asymptomatic_share=other["silent"], **given).missed, percent(
            other["silent"]
        )
    scale = other["incubation"] / disease[disease.incubation_number]
    return screening(disease, journey_hours=hours, incubation_scale=scale, **given).missed, f"{other['incubation']:g}"


def _shares(low: float | None, high: float | None, cause: str) -> Bilingual:
    if low is None or high is None:
        return interval(None, None, said(cause))
    return interval(percent(low), percent(high), said(cause))
