"""Policies side by side as an answer: what each costs in rooms, days, tests and money, and what it lets through."""

from collections.abc import Sequence

from hucheng.engines.risk.answers import assumed_of
from hucheng.engines.risk.demand.answers import assumed as assumed_demand
from hucheng.engines.risk.demand.reading import Question as Demand
from hucheng.engines.risk.demand.whatif import Consequence, what_if
from hucheng.engines.risk.policies import Costs
from hucheng.engines.risk.profiles import Curve, Profile, curve, profile
from hucheng.engines.risk.quarantine import Strategy
from hucheng.engines.risk.question import Question, Range, interval_of
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.sentences import Answer, Change, days_of_tests, interval, percent, said
from hucheng.engines.words.bilingual import Bilingual

_REPLACED = ("stay", "test_days")
"""Assumptions of a demand plan that each policy puts its own in place of."""


def what_if_answer(
    demand: Demand,
    policies: Sequence[Strategy],
    costs: Costs,
    *,
    key: str | Profile = "sars_cov_2_2020",
    test_curve: str | Curve = "kucirka",
    journey_hours: float = 8,
    adherence: float = 1.0,
    correlation: float = 0.0,
) -> Answer:
    """Say what each policy would come to for the flights of a plan; its number is the risk under the first.

    The interval is that risk's, and the other policies stand as changes of it; each sentence has the interval of its
    own. Raises RiskRefused as what_if.
    """
    if not policies:
        raise refused("choice", name="policy", value="-", known="7, 10, 14, ...")
    disease, known = profile(key), curve(test_curve)
    asked = [
        Question(disease, plan, known, journey_hours, adherence=adherence, correlation=correlation) for plan in policies
    ]
    tested = next((one for one in asked if one.plan.tests), asked[0])
    kernels = tested.kernels()
    found = what_if(
        demand.plan, demand.start, policies, kernels, known, costs, adherence=adherence, correlation=correlation
    )
    rows, doubts = found.consequences, [interval_of(one, kernels) for one in asked]
    told = [_told(one, disease, doubt, adherence) for one, doubt in zip(rows, doubts, strict=True)]
    zh, en = "\n".join(one.zh for one in told), "\n".join(one.en for one in told)
    plans = {name: text for name, text in assumed_demand(demand).items() if name not in _REPLACED}
    return Answer(
        "whatif",
        rows[0].risk,
        doubts[0].low if doubts[0] else None,
        doubts[0].high if doubts[0] else None,
        Bilingual(zh, en),
        {**plans, **assumed_of(tested), "plan": f"{demand.name} {demand.version}", "version": found.version},
        {**found.as_dict(), "notes": [{"zh": note.zh, "en": note.en} for note in demand.notes]},
        tuple(Change("policy", _policy(one.strategy), one.risk) for one in rows[1:]),
    )


def _policy(plan: Strategy) -> Bilingual:
    return said("policy", days=plan.release_day, tests=days_of_tests(plan.tests))


def _told(one: Consequence, disease: Profile, doubt: Range | None, adherence: float) -> Bilingual:
    low, high, cause = (percent(doubt.low), percent(doubt.high), doubt.cause) if doubt else (None, None, "cause_silent")
    return said(
        "whatif_spread" if disease.spread_by else "whatif",
        policy=_policy(one.strategy),
        rooms=f"{one.rooms:.0f}",
        enough=one.rooms_95,
        fullest=one.fullest,
        held=f"{one.person_days:,.0f}",
        workdays=f"{one.workdays:,.0f}",
        tests=f"{one.tests:,.0f}",
        cost=f"{one.cost:,.0f}",
        risk=percent(one.risk),
        interval=interval(low, high, said(cause)),
        adherence="100%" if adherence == 1 else percent(adherence),
    )
