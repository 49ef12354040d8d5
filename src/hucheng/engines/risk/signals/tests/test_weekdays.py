"""Reports by weekday: better where there is such an effect, no worse where there is none, on series of known truth."""

from datetime import date

import numpy as np
import pytest

from hucheng.engines.risk.signals.nowcast import nowcast
from hucheng.engines.risk.signals.nowcast_answer import Reports, nowcast_answer
from hucheng.engines.risk.signals.weekdays import weekly

DELAY = np.exp(-0.5 * ((np.arange(13) - 3) / 2.5) ** 2)
DELAY /= DELAY.sum()
SUNDAYS = np.array([1.5, 1.2, 1.1, 1.1, 1.1, 0.7, 0.3])
KINDS = {
    "as likely on every weekday": {},
    "few, as likely on every weekday": {"level": 8},
    "rough, delays that scatter": {"rough": 0.1, "scatter": 0.1},
    "fewer on Sundays": {"factors": SUNDAYS},
    "nothing at weekends": {"closed": True},
}


def world(seed, *, days=56, level=40.0, factors=None, closed=False, rough=0.0, scatter=0.0):
    """Reports so far by day of event and delay, and the final count of each day; day 0 is a Monday."""
    dice = np.random.default_rng(seed)
    means = np.full(days, level)
    final = dice.poisson(dice.gamma(1 / rough, means * rough) if rough else means)
    counts = np.zeros((days, len(DELAY)), dtype=int)
    for day, number in enumerate(final):
        shares = DELAY if factors is None else DELAY * factors[(day + np.arange(len(DELAY))) % 7]
        shares = dice.dirichlet(shares / shares.sum() / scatter) if scatter else shares / shares.sum()
        for delay, cases in enumerate(dice.multinomial(number, shares)):
            shut = {5: 2, 6: 1}.get((day + delay) % 7, 0) if closed else 0
            counts[day, min(delay + shut, len(DELAY) - 1)] += cases
        counts[day, days - day :] = 0
    return counts, final


def score(found, final):
    """Weighted interval score of the last seven days together, at 50 % and 90 %."""
    truth, sums = final[-7:].sum(), found.draws[:, -7:].sum(axis=1)
    total = 0.5 * abs(truth - np.median(sums))
    for alpha in (0.1, 0.5):
        low, high = np.quantile(sums, [alpha / 2, 1 - alpha / 2])
        total += alpha / 2 * (high - low) + max(low - truth, 0) + max(truth - high, 0)
    return total / 2.5


def compared(kind, series=24):
    """Mean scores and how often the 90 % interval held, without and with the weekday; how often an effect was seen."""
    scores, held, seen = ([], []), ([], []), []
    for seed in range(series):
        counts, final = world(seed, days=56 + seed % 7, **KINDS[kind])
        for on in (0, 1):
            found = nowcast(counts, draws=300, seed=seed, by_weekday=bool(on))
            _, _, low, high = found.total(7)
            scores[on].append(score(found, final))
            held[on].append(low <= final[-7:].sum() <= high)
        seen.append(found.weekdays is not None)
    return np.mean(scores, axis=1), np.mean(held, axis=1), np.mean(seen)


@pytest.mark.parametrize("kind", ["fewer on Sundays", "nothing at weekends"])
def test_a_weekday_effect_is_seen_and_makes_the_nowcast_better(kind):
    (plain, ours), (_, held), seen = compared(kind)
    assert seen == 1 and ours < 0.8 * plain and held >= 0.8


@pytest.mark.parametrize("kind", [kind for kind, made in KINDS.items() if not {"factors", "closed"} & made.keys()])
def test_where_there_is_none_nothing_is_lost(kind):
    (plain, ours), (usual, held), seen = compared(kind)
    assert seen <= 0.25 and ours < 1.05 * plain and held >= usual - 0.05


def test_without_an_effect_the_answer_is_the_plain_one_to_the_digit():
    counts, _ = world(2)
    assert weekly(counts, 28) is None
    one, other = (nowcast(counts, draws=200, by_weekday=on) for on in (False, True))
    assert (one.draws == other.draws).all() and one.complete.tolist() == other.complete.tolist()


def test_the_factors_are_those_that_made_the_reports():
    counts, _ = world(1, days=84, level=400, factors=SUNDAYS)
    found = weekly(counts, 56)
    assert found.factors == pytest.approx(SUNDAYS / SUNDAYS.mean(), rel=0.12)
    assert found.factors.mean() == pytest.approx(1) and (found.errors > 0).all()
    hazards = np.linspace(0.1, 0.5, len(DELAY) - 1)
    assert found.of(hazards, 3, factors=np.ones(7)) == pytest.approx(hazards)  # all alike: nothing changes
    assert found.of(hazards, 2)[3] < hazards[3]  # three days after a Wednesday is a Sunday


def test_the_hazards_of_a_day_are_those_of_its_own_shares():
    counts, _ = world(1, days=84, level=400, factors=SUNDAYS)
    found = weekly(counts, 56)
    usual = found.shape[:-1]
    for day in (0, 4):
        shares = usual * found.factors[(day + np.arange(len(usual))) % 7]
        average, own = (one[1:] / np.cumsum(one)[1:] for one in (usual, shares))
        assert found.of(np.append(average, 0.5), day)[:-1] == pytest.approx(own)  # the last delay is not told apart


def test_two_weeks_are_needed_and_no_cases_show_nothing():
    counts, _ = world(3, factors=SUNDAYS)
    assert weekly(counts[-20:], 10) is None and weekly(counts, 28) is not None
    assert weekly(np.zeros_like(counts), 28) is None


def test_the_answer_names_the_weekdays_of_the_calendar_and_what_leaving_them_out_would_change():
    counts, _ = world(5, factors=SUNDAYS, level=80)
    said = nowcast_answer(Reports(date(2020, 4, 26), counts))  # 56 days from a Monday to a Sunday
    factors = said.details["weekdays"]
    assert min(factors, key=factors.get) == "Sun" and max(factors, key=factors.get) == "Mon"
    assert "Sun 0." in said.assumptions["weekday_of_reports"] and "Günther 2021" in said.assumptions["source"]
    left_out = next(one for one in said.sensitivity if one.assumption == "by_weekday")
    assert left_out.value == nowcast(counts, level=0.9, by_weekday=False).total(7)[1]
    plain = nowcast_answer(Reports(date(2020, 4, 26), world(2)[0]))
    assert plain.details["weekdays"] is None and plain.assumptions["weekday_of_reports"] == "the weeks show none"
    assert "by_weekday" not in {one.assumption for one in plain.sensitivity}


def test_the_known_share_of_a_day_depends_on_the_weekdays_since():
    counts, final = world(7, days=63, level=300, closed=True)
    found = nowcast(counts, draws=200)
    known = counts.sum(axis=1)[-10:] / final[-10:]
    plain = nowcast(counts, draws=200, by_weekday=False)
    assert np.abs(found.complete[-10:] - known).mean() < 0.5 * np.abs(plain.complete[-10:] - known).mean()
