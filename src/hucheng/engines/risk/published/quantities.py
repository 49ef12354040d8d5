"""What a row asks of a distribution, read from the words of its quantity: a mean, a quantile, a share beyond a day.

A quantity that names no statistic, two of them, or one that is changed by a word such as "relative" is refused: a
number that was not asked for would look like the one that was.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hucheng.engines.risk.distributions import Distribution
from hucheng.engines.risk.refusal import RiskRefused, refused

_PLAIN = {
    "mean": ("mean", "average", "avg", "expected", "expectation"),
    "sd": ("sd", "std", "stdev", "stddev"),
    "var": ("var", "variance"),
    "cv": ("cv",),
    "mode": ("mode", "peak"),
    "median": ("median",),
    **{name: (name,) for name in ("shape", "scale", "rate", "meanlog", "sdlog")},
}
_QUANTILE = ("quantile", "quantiles", "q", "qu", "fractile")
_PERCENTILE = ("percentile", "pctile", "centile", "perc")
_PERCENTILES = ("2.5", "5", "05", "025", "10", "25", "50", "75", "90", "95", "97.5", "975", "99")
_SIDES = {"lower": 0, "low": 0, "lo": 0, "lcl": 0, "upper": 1, "high": 1, "hi": 1, "ucl": 1}
_WITHIN = ("within", "by", "before", "below", "under", "cdf", "less", "cumulative")
_BEYOND = (
    *("beyond", "after", "over", "above", "exceeds", "exceeding", "greater", "longer", "more", "later", "gt"),
    *("outside", "past", "survival", "exceedance"),
)
_LEVELS = ("quantile", "level", "probability", "prob", "p", "q")
_DAYS = ("days", "day", "x", "at", "threshold", "cutoff")
_CHANGED = {
    *("log", "ln", "logarithm", "geometric", "harmonic", "truncated", "conditional", "squared", "relative", "ratio"),
    *("difference", "change", "reduction", "error", "se", "sem", "skewness", "kurtosis", "range", "iqr", "width"),
    *(
        "quartile",
        "quartiles",
        "tail",
        "hours",
        "hour",
        "weeks",
        "week",
        "month",
        "months",
        "interquartile",
        "interval",
        "density",
        "pdf",
    ),
}
_KEPT = (("serial", "interval"), ("generation", "interval"), ("credible", "interval"), ("confidence", "interval"))
_SKIPPED = {"at", "level", "p", "prob", "probability", "ci", "cri", "credible", "confidence", "interval", "limit"}
_SKIPPED |= {"bound", "than", "of", "r", "rt", "day", "days", "d"}
_CENTRAL = (50.0, 80.0, 90.0, 95.0, 99.0)
_NUMBER = r"\d+(?:\.\d+)?|\.\d+"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One statistic: mean, sd, var, cv, mode, a parameter's name; or quantile, within or beyond with its place.

    times  what the answer is multiplied by: 100 for percent, 10,000 for cases in so many
    """

    kind: str
    place: float = 0.0
    times: float = 1.0

    def of(self, law: Distribution) -> float:
        """Give the statistic of a distribution. Raises RiskRefused for a parameter that its family has not."""
        if self.kind == "quantile":
            return float(law.quantile(self.place))
        if self.kind in ("within", "beyond"):
            within = float(law.cdf(self.place))
            return self.times * (within if self.kind == "within" else 1 - within)
        if self.kind in ("mean", "sd", "mode"):
            return float(getattr(law, self.kind))
        if self.kind in ("var", "cv"):
            return law.sd**2 if self.kind == "var" else law.sd / law.mean
        return _parameter(law, self.kind)


def statistic(quantity: str, asked: Mapping[str, Any]) -> Statistic:
    """Read the statistic of a quantity such as `Rt_upper_97.5`, `q0.975`, `share_beyond_14_days` or `sd_days`.

    asked   the row's parameters: a quantile's level or a number of days may stand there instead
    raises  RiskRefused for a quantity that names none or several, or whose number is missing or ambiguous
    """
    words = tokens(quantity)
    if _CHANGED & set(_unpaired(words)):
        raise unknown(quantity)
    found = [Statistic(kind) for kind, names in _PLAIN.items() if set(names) & set(words)]
    found = [Statistic("quantile", 0.5) if one.kind == "median" else one for one in found]
    if {"share", "probability", "prob", "proportion", "fraction", "cases", "percent"} & set(words):
        found = [one for one in found if one.kind != "mean" or "mean" in words]
    found += _quantiles(words, asked, quantity)
    found += _shares(words, {} if found else asked, quantity, certain=not found)
    if not found:
        found += _bare(words)
    if len(set(found)) != 1:
        raise unknown(quantity)
    return found[0]


def tokens(quantity: str) -> list[str]:
    """Give the words and numbers of a quantity: `Rt_q97_5` is rt, q, 97.5; a level such as q0975 keeps its zero."""
    text = re.sub(r"standard[ _-]?deviation", "sd", quantity.lower())
    text = re.sub(r"log[ _-]normal", "lognormal", text)
    text = text.replace(">", " above ").replace("<", " below ")
    text = re.sub(r"(?<![\d.])(0|2|97|99)[_,p](\d+)(?!\d)", r"\1.\2", text.replace("%", " percent "))
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)(?![a-z])", " percentile ", text)
    text = re.sub(r"(?<=[a-z])\.|\.(?!\d)", " ", text)
    words = re.findall(rf"{_NUMBER}|[a-z]+", text)
    return ["percent" if word in ("pct", "pc", "percentage") else word for word in words]


def unknown(quantity: str, known: Iterable[str] = ()) -> RiskRefused:
    """Make the refusal of a quantity that cannot be read."""
    listed = ", ".join(known) or "mean, sd, var, cv, mode, median, quantile_p, lower_95, upper_95, share_within_n_days"
    return refused("quantity", value=quantity, known=listed)


def _unpaired(words: list[str]) -> list[str]:
    """Give the words without those of a pair that only names the thing measured, such as serial interval."""
    pairs = set(zip(words, words[1:], strict=False)) & set(_KEPT)
    return [word for word in words if not any(word == second for _, second in pairs)]


def _quantiles(words: list[str], asked: Mapping[str, Any], quantity: str) -> list[Statistic]:
    levels = []
    for place, word in enumerate(words):
        if word in _SIDES:
            levels.append(_of_side(_SIDES[word], _beside(words, place), quantity))
        elif word in (*_QUANTILE, *_PERCENTILE):
            number = _beside(words, place)
            levels.append(_given(asked, _LEVELS, quantity) if number is None else _level(number, quantity))
        elif word == "p" and words[place + 1 : place + 2] and words[place + 1] in _PERCENTILES:
            levels.append(_level(words[place + 1], quantity))
    return [Statistic("quantile", level) for level in dict.fromkeys(levels)]


def _shares(words: list[str], asked: Mapping[str, Any], quantity: str, *, certain: bool) -> list[Statistic]:
    for kind, names in (("within", _WITHIN), ("beyond", _BEYOND)):
        for place, word in enumerate(words):
            if word not in names:
                continue
            number = _beside(words, place, before=False)
            if number is None and kind == "within" and (bare := _bare(words)):
                return bare
            if number is None and not certain:
                continue  # a word of the thing measured, as in `infectious_after_onset_mean`
            days = _given(asked, _DAYS, quantity) if number is None else float(number)
            return [Statistic(kind, days, _scale(words))]
    return []


def _scale(words: list[str]) -> float:
    if "per" in words:
        number = _beside(words, words.index("per"), before=False)
        return 1.0 if number is None else float(number)
    return 100.0 if "percent" in words else 1.0


def _bare(words: list[str]) -> list[Statistic]:
    """Give the quantile of a level that stands alone: `incubation_97.5_percent_days`, `Rt_0.975`."""
    levels = {float(word) for word in words if re.fullmatch(r"0?\.\d+", word)}
    levels |= {
        float(word) / 100
        for word, after in zip(words, words[1:], strict=False)
        if after == "percent" and _is_number([word])
    }
    return [Statistic("quantile", level) for level in levels if 0 < level < 1]


def _beside(words: list[str], place: int, *, before: bool = True) -> str | None:
    """Give the number after a word, else the one before it, words that only join them left out."""
    for side in (words[place + 1 :], words[:place][::-1] if before else []):
        for word in side:
            if _is_number([word]):
                return word
            if word not in _SKIPPED and word not in (*_PERCENTILE, *_QUANTILE, "percent"):
                break
    return None


def _is_number(words: list[str]) -> bool:
    return bool(words) and re.fullmatch(_NUMBER, words[0]) is not None


def _of_side(side: int, number: str | None, quantity: str) -> float:
    """Give the level of a limit: of the 95 % interval unless another is named, or of the tail itself."""
    level = 95.0 if number is None else 100 * _level(number, quantity)
    if any(abs(level - central) < 1e-9 for central in _CENTRAL):
        return round(0.5 + (side - 0.5) * level / 100, 12)
    if (level > 50) != bool(side):
        raise unknown(quantity)
    return level / 100


def _level(number: str, quantity: str) -> float:
    """Give the probability that a number means: 0.975, 97.5, 975 and 0975 are one, and 025 is 0.025.

    1, 2 and 3 may count quartiles, so they mean nothing.
    """
    if re.fullmatch(r"0\d{3}", number):
        value = float(f"0.{number[1:]}")
    elif re.fullmatch(r"0\d{1,2}|\d{2}5", number):
        value = float(f"0.{number}")
    else:
        value = float(number) if float(number) < 1 else float(number) / 100
    if number in ("1", "2", "3") or not 0 < value < 1:
        raise unknown(quantity)
    return value


def _given(asked: Mapping[str, Any], names: Iterable[str], quantity: str) -> float:
    values = [float(asked[name]) for name in names if isinstance(asked.get(name), int | float)]
    if len(values) != 1:
        raise unknown(quantity)
    return values[0]


def _parameter(law: Distribution, name: str) -> float:
    own = ("meanlog", "sdlog") if law.family == "lognormal" else ("shape", "scale")
    if name == "rate" and law.family == "gamma":
        return 1 / law.second
    if name not in own:
        raise refused("choice", name=law.family, value=name, known=", ".join(own))
    return law.first if name == own[0] else law.second
