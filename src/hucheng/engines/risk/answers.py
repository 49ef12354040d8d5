"""An answer for people: the number, its interval and cause, the assumptions, and one sentence in both languages."""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from hucheng.engines.risk.growth import LEAST_CASES, effective_r, growth, serial_interval
from hucheng.engines.risk.profiles import Profile, curve, profile
from hucheng.engines.risk.quarantine import Kernels, Strategy, residual_risk
from hucheng.engines.risk.refusal import refused
from hucheng.engines.risk.screening import Screens, screening, screening_interval
from hucheng.engines.words.bilingual import Bilingual

SMALLEST = 1e-4
_NO_INTERVAL = Bilingual("来源未给出不确定范围，故无区间", "no interval, as the sources of this profile give none")
_SILENT = Bilingual(
    "区间主要来自无症状比例未知", "mostly because we do not know how many infections stay without symptoms"
)
_SCREENING = Bilingual(
    "旅程 {hours} 小时、出境和入境均筛查：每名计划出行的感染者未被发现的概率为 {value}（{interval}）。",
    "With screening at both ends of a journey of {hours} hours, the chance that an infected person who plans to travel "
    "is missed is {value} ({interval}).",
)
_QUARANTINE = Bilingual(
    "机上若有 {infected} 名感染者，全员隔离 {days} 天、{tests}："
    "至少一人解除隔离时仍有传染性的概率为 {value}（{interval}），"
    "前提是 {adherence} 的人遵守；若仅 95% 遵守，则为 {leaky}。",
    "If {infected} infected people are on this flight and we hold everyone {days} days with {tests}, the chance that "
    "at least one leaves still infectious is {value} ({interval}) if {adherence} comply; with 95% complying it is "
    "{leaky}.",
)
_RT = Bilingual(
    "截至第 {last} 天的 {window} 天内，每名病例平均传染 {value} 名本地病例"
    "（{interval}，区间来自仅有 {cases} 例本地病例）；{trend}。",
    "In the {window} days to day {last} a case infects {value} others here on average ({interval}, because there were "
    "only {cases} local cases); {trend}.",
)
_TREND = {
    True: Bilingual("病例约每 {days:.1f} 天翻一番", "cases double in about {days:.1f} days"),
    False: Bilingual("病例约每 {days:.1f} 天减半", "cases halve in about {days:.1f} days"),
}
_UNCLEAR = Bilingual("增减趋势尚不明确", "whether cases rise or fall is not clear")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; low and high are the 95 % interval, None where the sources give none."""

    question: str
    value: float
    low: float | None
    high: float | None
    sentence: Bilingual
    assumptions: dict[str, str]
    details: dict[str, object]

    def as_dict(self) -> dict[str, object]:
        """Give it for JSON."""
        return asdict(self)


def percent(value: float) -> Bilingual:
    """Give a probability to two figures; below 0.01 % only that it is below what the model can tell."""
    if value < SMALLEST:
        return Bilingual("低于 0.01%", "below 0.01%")
    if value > 1 - SMALLEST:
        return Bilingual("高于 99.99%", "above 99.99%")
    digits = ".2g" if value < 0.1 else ".0f" if value <= 0.99 else ".4g"
    shown = f"{100 * value:{digits}}%"
    return Bilingual(shown, shown)


def screening_answer(
    key: str, journey_hours: float, exit_sensitivity: float | None = None, entry_sensitivity: float | None = None
) -> Answer:
    """Say how many infected travellers screening at both ends misses. Raises RiskRefused."""
    disease = profile(key)
    given = Screens(exit_sensitivity=exit_sensitivity, entry_sensitivity=entry_sensitivity)
    ends = screening(disease, journey_hours=journey_hours, **given)
    interval = screening_interval(disease, journey_hours=journey_hours, **given)
    low, high = interval or (None, None)
    sentence = _told(_SCREENING, hours=f"{journey_hours:g}", value=percent(ends.missed), interval=_interval(low, high))
    return Answer("screening", ends.missed, low, high, sentence, _assumed(disease), {"ends": asdict(ends)})


def quarantine_answer(
    key: str,
    days: int,
    tests: Sequence[int] = (),
    *,
    test_curve: str = "kucirka",
    journey_hours: int = 8,
    infected: int = 1,
    adherence: float = 1.0,
    correlation: float = 0.0,
) -> Answer:
    """Say how likely somebody leaves quarantine still infectious. Raises RiskRefused."""
    disease, known = profile(key), curve(test_curve)
    if not 1 <= infected <= 1000:
        raise refused("days", name="infected", value=infected, most=1000)
    kernels, plan = Kernels(disease, journey_hours=journey_hours), [Strategy(days, tuple(tests))]

    def leaks(complying: float, silent: float | None = None) -> float:
        one = residual_risk(
            kernels, plan, known, adherence=complying, correlation=correlation, asymptomatic_share=silent
        )
        return float(1 - (1 - one.infectious[0]) ** infected)

    unsure, usual = (
        disease.parameter("asymptomatic_share"),
        residual_risk(kernels, plan, known, adherence=adherence, correlation=correlation),
    )
    low, high = (None if end is None else leaks(adherence, end) for end in (unsure.low, unsure.high))
    value, leaky = leaks(adherence), leaks(0.95)
    sentence = _told(
        _QUARANTINE,
        infected=infected,
        days=days,
        tests=_tests(tests),
        value=percent(value),
        interval=_interval(low, high),
        adherence="100%" if adherence == 1 else percent(adherence),
        leaky=percent(leaky),
    )
    details: dict[str, object] = {
        "stopped": float(usual.stopped[0]),
        "infectious_days": float(usual.days[0]),
        "at_95_percent_adherence": leaky,
    }
    return Answer(
        "quarantine",
        value,
        low,
        high,
        sentence,
        {**_assumed(disease), "test_curve": known.key, "test_source": known.source},
        details,
    )


def rt_answer(
    local: Sequence[int], imported: Sequence[int] | None, *, mean: float, sd: float, window: int = 7
) -> Answer:
    """Say whether it grows here, from the last window. Raises RiskRefused below 11 local cases in it."""
    last = effective_r(
        local, imported, interval=serial_interval(mean, sd, len(local)), window=window, least_cases=0
    )[-1]  # fmt: skip
    if last is None or last.local_cases < LEAST_CASES:
        raise refused("few_cases", cases=last.local_cases if last else 0, least=LEAST_CASES)
    low, high = (float(end) for end in last.quantile([0.025, 0.975]))
    trend, details = _trend(local[-window:], window)
    shown = Bilingual(f"95% 区间 {low:.2f}–{high:.2f}", f"95% interval {low:.2f}-{high:.2f}")
    sentence = _told(
        _RT,
        last=last.last,
        window=window,
        value=f"{last.mean:.2f}",
        interval=shown,
        cases=last.local_cases,
        trend=trend,
    )
    assumed = {
        "name": f"serial interval of mean {mean:g} and sd {sd:g} days, gamma prior (1, 5)",
        "version": "EpiEstim 3.0.0",
        "source": "Cori 2013, 10.1093/aje/kwt133",
    }
    return Answer("rt", last.mean, low, high, sentence, assumed, {"chance_of_growth": last.above_one, **details})


def read_cases(data: bytes) -> tuple[list[int], list[int] | None]:
    """Read daily counts: a CSV with the column local and, if there, imported. Raises RiskRefused."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as broken:
        raise refused("table", value=broken) from broken
    if not rows or "local" not in rows[0]:
        raise refused("table", value="local")
    imported = [_count(row["imported"], day) for day, row in enumerate(rows, 1)] if "imported" in rows[0] else None
    return [_count(row["local"], day) for day, row in enumerate(rows, 1)], imported


def _count(text: str | None, day: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        raise refused("counts", day=day, value=text or "-") from None


def _trend(cases: Sequence[int], window: int) -> tuple[Bilingual, dict[str, object]]:
    if window < 3:
        return _UNCLEAR, {}
    found = growth(cases)
    details: dict[str, object] = {"growth_per_day": [found.rate, found.low, found.high]}
    if found.low <= 0 <= found.high:
        return _UNCLEAR, details
    return _TREND[found.rate > 0].filled(days=abs(found.doubling_days)), details


def _tests(days: Sequence[int]) -> Bilingual:
    if not days:
        return Bilingual("不做检测", "no test")
    listed = sorted(days)
    return Bilingual("第 " + "、".join(map(str, listed)) + " 天检测", "tests on day " + ", ".join(map(str, listed)))


def _interval(low: float | None, high: float | None) -> Bilingual:
    if low is None or high is None:
        return _NO_INTERVAL
    one, other = percent(low), percent(high)
    return Bilingual(
        f"95% 区间 {one.zh}–{other.zh}，{_SILENT.zh}", f"95% interval {one.en} to {other.en}, {_SILENT.en}"
    )


def _told(sentence: Bilingual, **values: object) -> Bilingual:
    """Fill a sentence; a bilingual value speaks the language around it."""
    zh, en = (
        {name: getattr(value, language) if isinstance(value, Bilingual) else value for name, value in values.items()}
        for language in ("zh", "en")
    )
    return Bilingual(sentence.zh.format(**zh), sentence.en.format(**en))


def _assumed(disease: Profile) -> dict[str, str]:
    return {"name": disease.key, "version": disease.version, "source": disease.source}
