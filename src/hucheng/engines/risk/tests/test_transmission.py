"""The share of infections a stay prevents: every number printed in Ashcroft 2021, limits, order and shifts of time."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.risk import Curve, Distribution, RiskRefused
from hucheng.engines.risk.transmission import Onset, Stay, local_share, mean_days, prevented

GENERATION = Distribution("weibull", 3.277, 6.127)
KUCIRKA = Curve("k", (0, 1, 4, 5, 6, 7, 8, 9, 21), (0, 0, 0.33, 0.62, 0.75, 0.79, 0.8, 0.79, 0.34), "", straight=True)
TRIP = tuple(range(-7, 1))
LAWS = tuple(
    Distribution("lognormal", mu, sigma)
    for mu, sigma in [
        (1.57, 0.65), (1.621, 0.418), (1.434, 0.661), (1.611, 0.472), (1.857, 0.547), (1.54, 0.47), (1.53, 0.464),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("stay", "published"),
    [
        (Stay(3, math.inf), 0.908),
        (Stay(3, 10), 0.901),
        (Stay(3, 7, 5), 0.823),
        (Stay(3, 6, 6), 0.805),
    ],
)
def test_contacts_of_a_case(stay, published):
    assert prevented(GENERATION, stay, curve=KUCIRKA) == pytest.approx(published, abs=6e-4)


@pytest.mark.parametrize(
    ("stay", "published"),
    [
        (Stay(0, 10), 0.999),
        (Stay(0, 7, 5), 0.985),
        (Stay(0, 6, 6), 0.978),
        (Stay(0, 0, 0), 0.352),
        (Stay(0, 2, 0), 0.541),
    ],
)
def test_travellers_back_from_seven_days(stay, published):
    assert prevented(GENERATION, stay, curve=KUCIRKA, exposed=TRIP, local=True) == pytest.approx(published, abs=6e-4)
    assert local_share(GENERATION, TRIP) == pytest.approx(0.733, abs=6e-4)


@pytest.mark.parametrize(("stay", "published", "off"), [(Stay(3, 7, 5), 1.53, 0.006), (Stay(3, 6, 6), 1.90, 0.01)])
def test_the_worth_of_a_day_in_quarantine(stay, published, off):
    ours, usual = (
        prevented(GENERATION, one, curve=KUCIRKA) / mean_days(one, curve=KUCIRKA, infected=0.1)
        for one in (stay, Stay(3, 10))
    )
    assert ours / usual == pytest.approx(published, abs=off)


@pytest.mark.parametrize(
    ("short", "exposed", "published", "off"),
    [(Stay(3, 7), (0,), 1.30, 0.006), (Stay(3, 5), (0,), 2.90, 0.01), (Stay(0, 5), TRIP, 1.20, 0.006)],
)
def test_the_adherence_that_makes_up_for_a_shorter_stay(short, exposed, published, off):
    local = len(exposed) > 1
    held, usual = (prevented(GENERATION, one, exposed=exposed, local=local) for one in (short, Stay(short.entered, 10)))
    assert usual / held == pytest.approx(published, abs=off)


def test_what_isolating_oneself_at_onset_prevents_is_not_counted():
    """With a quarter never showing symptoms 50.8 % is left to quarantine and 39.3 % to isolating oneself."""
    alone = prevented(GENERATION, Stay(3, 10), onset=Onset(LAWS, 0.25))
    assert alone == pytest.approx(0.508, abs=6e-4)
    assert prevented(GENERATION, Stay(3, 10)) - alone == pytest.approx(0.393, abs=6e-4)
    late = prevented(GENERATION, Stay(3, 10), onset=Onset(LAWS, 0.25, isolation_delay=2.0))
    assert alone < late < prevented(GENERATION, Stay(3, 10))
    assert prevented(GENERATION, Stay(3, 10), onset=Onset(LAWS, 1.0)) == pytest.approx(0.901, abs=6e-4)


@given(st.floats(0, 10), st.floats(0, 10), st.floats(-20, 20))
def test_only_time_since_infection_counts(entered, length, shift):
    stay, moved = Stay(entered, entered + length), Stay(entered + shift, entered + length + shift)
    assert prevented(GENERATION, moved, exposed=[shift]) == pytest.approx(prevented(GENERATION, stay), abs=1e-12)


@given(st.floats(0, 12), st.floats(0, 12), st.floats(0, 1))
def test_a_test_lies_between_release_and_isolation(tested, more, sensitivity):
    released = tested + more
    flat = Curve("flat", (0.0,), (sensitivity,), "", straight=True)
    bounds = [prevented(GENERATION, Stay(0, end)) for end in (released, max(released, 10.0))]
    ours = prevented(GENERATION, Stay(0, released, tested), curve=flat)
    assert bounds[0] - 1e-12 <= ours <= bounds[1] + 1e-12
    assert ours == pytest.approx((1 - sensitivity) * bounds[0] + sensitivity * bounds[1], abs=1e-12)


def test_days_in_quarantine():
    assert mean_days(Stay(3, 10), curve=None) == 7
    assert mean_days(Stay(3, 6, 6), curve=KUCIRKA, infected=0.1) == pytest.approx(3 + 0.1 * 0.75 * 4)
    assert mean_days(Stay(3, 12, 6), curve=KUCIRKA) == 9


@pytest.mark.parametrize(
    "question",
    [
        lambda: Stay(3, 2),
        lambda: Stay(3, 7, 8),
        lambda: prevented(GENERATION, Stay(0, 7, 5)),
        lambda: mean_days(Stay(0, 7), curve=None, infected=1.5),
    ],
    ids=["release", "test", "curve", "infected"],
)
def test_what_cannot_be_is_refused(question):
    with pytest.raises(RiskRefused):
        question()
