"""Nowcasts of simulated cases whose final number is known."""

import json
from datetime import date, timedelta

import numpy as np
import pytest
from click.testing import CliRunner

from hucheng.engines.risk.command import risk
from hucheng.engines.risk.refusal import RiskRefused
from hucheng.engines.risk.signals.nowcast import nowcast, triangle
from hucheng.engines.risk.signals.nowcast_answer import Reports, nowcast_answer, read_reports

DELAY = np.exp(-0.5 * ((np.arange(11) - 3) / 2.5) ** 2)
DELAY /= DELAY.sum()


def world(seed, *, days=50, level=40.0, growth=0.0, scatter=0.0, rough=0.0):
    """Reports so far by day of event and delay, and the final count of each day."""
    dice = np.random.default_rng(seed)
    means = level * np.exp(growth * (np.arange(days) - days + 1))
    if rough:
        means = dice.gamma(1 / rough, means * rough)
    final = dice.poisson(means)
    counts = np.zeros((days, len(DELAY)), dtype=int)
    for day, number in enumerate(final):
        shares = dice.dirichlet(DELAY / scatter) if scatter else DELAY
        counts[day] = dice.multinomial(number, shares)
        counts[day, days - day :] = 0
    return counts, final


@pytest.mark.parametrize(
    "kind",
    [
        {},
        {"level": 6},
        {"level": 150, "growth": 0.1},
        {"level": 80, "growth": -0.08, "rough": 0.1},
        {"scatter": 0.05},
    ],
    ids=["steady", "few", "growing", "falling and rough", "scattered delays"],
)
def test_intervals_cover_the_truth_as_often_as_they_say(kind):
    days, weeks = [], []
    for seed in range(40):
        counts, final = world(seed, **kind)
        found = nowcast(counts, draws=300, seed=seed)
        days.append(((found.low <= final) & (final <= found.high))[-10:].mean())
        _, _, low, high = found.total(7)
        weeks.append(low <= final[-7:].sum() <= high)
    assert 0.85 <= np.mean(days) <= 0.99
    assert np.mean(weeks) >= 0.8


def test_the_middle_is_not_biased_while_reports_alone_are_far_too_low():
    ratios, seen = [], []
    for seed in range(30):
        counts, final = world(seed, level=60)
        reported, median, _, _ = nowcast(counts, draws=300).total(7)
        ratios.append(median / final[-7:].sum())
        seen.append(reported / final[-7:].sum())
    assert np.mean(ratios) == pytest.approx(1, abs=0.06)
    assert np.mean(seen) < 0.75


def test_the_delay_is_learnt_in_spite_of_the_cut_at_today():
    counts, _ = world(1, days=120, level=400, growth=0.05)
    found = nowcast(counts, draws=200)
    assert found.delay == pytest.approx(np.cumsum(DELAY), abs=0.03)
    naive = np.cumsum(counts.sum(axis=0)) / counts.sum()
    assert np.abs(naive - np.cumsum(DELAY)).max() > 0.05


def test_old_days_are_complete_and_never_below_what_is_reported():
    counts, final = world(2)
    found = nowcast(counts, draws=300)
    assert (found.draws >= found.reported).all()
    assert (found.low <= found.median).all() and (found.median <= found.high).all()
    assert found.low[:40].tolist() == found.high[:40].tolist() == final[:40].tolist()
    assert found.complete[0] == 1 and (np.diff(found.complete) <= 0).all()


def test_the_same_seed_gives_the_same_answer():
    counts, _ = world(3)
    one, same, other = (nowcast(counts, draws=200, seed=seed) for seed in (1, 1, 2))
    assert (one.draws == same.draws).all() and (one.draws != other.draws).any()


def test_delays_that_scatter_widen_the_interval():
    widths = []
    for scatter in (0.0, 0.2):
        found = [nowcast(world(seed, scatter=scatter)[0], draws=300).total(7) for seed in range(12)]
        widths.append(np.mean([high - low for _, _, low, high in found]))
    assert widths[1] > 1.2 * widths[0]


def test_no_case_at_all_is_nearly_none_expected():
    found = nowcast(np.zeros((40, 8), dtype=int), draws=400)
    assert found.total(7)[0] == 0 and found.total(7)[1] <= 3


def test_a_list_of_cases_becomes_a_triangle():
    first = date(2020, 3, 1)
    made = triangle(
        ["2020-03-01", "2020-03-01", "2020-03-03", "2020-02-20"],
        ["2020-03-01", "2020-03-04", "2020-03-04", "2020-03-04"],
        as_of=date(2020, 3, 4),
        first=first,
        longest=2,
    )
    assert made.tolist() == [[1, 0, 1], [0, 0, 0], [0, 1, 0], [0, 0, 0]]


def table(counts, start=date(2020, 3, 1)):
    """The CSV of these counts."""
    lines = ["event,report,count"]
    for day, delay in np.argwhere(counts > 0):
        event = start + timedelta(days=int(day))
        lines.append(f"{event},{event + timedelta(days=int(delay))},{counts[day, delay]}")
    return "\n".join(lines) + "\n"


def test_the_command_says_what_is_reported_and_what_it_will_be(tmp_path):
    counts, final = world(5)
    file = tmp_path / "cases.csv"
    file.write_text("\ufeff" + table(counts), encoding="utf-8")
    as_of = str(date(2020, 3, 1) + timedelta(days=49))
    done = CliRunner().invoke(risk, ["nowcast", str(file), "--as-of", as_of, "--longest", "10", "--json"])
    said = json.loads(done.output)
    assert done.exit_code == 0
    assert said["details"]["reported"] == counts[-7:].sum()
    assert said["low"] <= final[-7:].sum() <= said["high"]
    assert [day["date"] for day in said["details"]["days"]][-1] == as_of
    assert len(said["details"]["days"]) == 10
    told = CliRunner().invoke(risk, ["nowcast", str(file), "--longest", "10"]).output
    assert "最近 7 天已报告" in told and "cases of the last 7 days are reported" in told and "Assumptions" in told


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "line_list"),
        ("event,told\n", "line_list"),
        ("event,report\n", "line_list"),
        ("event,report\n2020-03-01,soon\n", "line_list"),
        ("event,report,count\n2020-03-01,2020-03-02,-4\n", "line_list"),
        ("event,report\n2020-03-05,2020-03-02\n", "reports"),
        ("event,report\n2020-03-01,2020-03-02\n", "too_short"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(text, code):
    with pytest.raises(RiskRefused) as refused:
        nowcast_answer(read_reports(text.encode()), days=1)
    assert refused.value.code == code


def test_today_is_left_out_while_it_is_half_a_day():
    text = b"event,report\n2020-03-01,2020-03-02\n2020-03-01,2020-03-03\n2020-03-03,2020-03-03\n"
    assert read_reports(text, as_of=date(2020, 3, 2), longest=3).counts.tolist() == [[0, 1, 0, 0], [0, 0, 0, 0]]
    assert read_reports(text, longest=3).counts.sum() == 3


def test_broken_text_ends_with_code_two(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_bytes(b"\xff\xfe\x00")
    done = CliRunner().invoke(risk, ["nowcast", str(file)])
    assert done.exit_code == 2 and "It takes a CSV" in done.output


def future(counts):
    counts[-1, 3] = 2
    return counts


@pytest.mark.parametrize(
    ("code", "ask"),
    [
        ("counts", lambda counts: nowcast(counts - 1)),
        ("counts", lambda counts: nowcast(counts + 0.5)),
        ("number", lambda counts: nowcast(counts[:, :1])),
        ("number", lambda counts: nowcast(np.zeros((99, 70)))),
        ("number", lambda counts: nowcast(counts, draws=5)),
        ("probability", lambda counts: nowcast(counts, level=1.0)),
        ("too_short", lambda counts: nowcast(counts[-12:])),
        ("reports", lambda counts: nowcast(future(counts))),
        ("window", lambda counts: nowcast_answer(type("R", (), {"counts": counts, "as_of": None}), days=99)),
    ],
)
def test_what_cannot_be_nowcast_is_refused(code, ask):
    with pytest.raises(RiskRefused) as refused:
        ask(world(1)[0])
    assert refused.value.code == code


def test_an_answer_says_what_it_assumes_and_what_would_change_it():
    counts, _ = world(3, days=60)
    said = nowcast_answer(Reports(date(2020, 4, 20), counts))
    assert said.assumptions["learnt_from_days"] == "28" and said.assumptions["longest_delay_days"] == "10"
    assert [one.assumption for one in said.sensitivity].count("learnt_days") == 2
    folded = next(one for one in said.sensitivity if one.assumption == "longest_delay")
    assert folded.words.en == "if no report comes later than 5 days" and folded.value > 0
    few = nowcast_answer(Reports(date(2020, 4, 20), counts[-20:]))
    assert [one.assumption for one in few.sensitivity].count("learnt_days") == 1
