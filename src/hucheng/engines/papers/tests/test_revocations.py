"""Lists of revocations: exact for every paper that was alive, small however many are revoked, never about others."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.engines.papers.keys import TrustedKey, new_keys
from hucheng.engines.papers.passes import verify_pass
from hucheng.engines.papers.revocations import FEW, RevocationList, read_revocations, sign_revocations
from hucheng.engines.papers.tests.test_passes import CLAIMS, TEXT

KEYS = new_keys()
AT = datetime(2020, 3, 21, 10, tzinfo=UTC)
BEFORE = AT - timedelta(hours=1)
DICE = Random(43)
LIVE = [str(UUID(int=DICE.getrandbits(128), version=4)) for _n in range(6000)]
MOST = 50_000
"""Bytes that a day's list for 100,000 passes may have."""


def signed(revoked, live=LIVE, **how):
    return sign_revocations(revoked, KEYS.private_pem, at=AT, live=live, **how)


def read(text, keys=KEYS.public_pem):
    return read_revocations(text, keys)


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, 1500, 3000, 4500, 5999, 6000])
def test_every_paper_that_was_alive_is_told_rightly(count):
    revoked = set(LIVE[:count])
    known = read(signed(revoked))
    assert {number for number in LIVE if known.revokes(number, BEFORE)} == revoked
    assert known.filtered == (count > FEW) and known.as_of == AT


@given(st.sets(st.sampled_from(LIVE), min_size=FEW + 1, max_size=700), st.integers(1, 900))
def test_any_choice_among_any_number_is_told_rightly(revoked, others):
    live = revoked | set(LIVE[:others])
    known = read(signed(revoked, live=live))
    assert all(known.revokes(number, BEFORE) == (number in revoked) for number in live)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_bytes_of_a_list_grow_with_the_papers_and_keep_the_bound_of_a_day(share):
    """At 6,000 papers, so that the test is quick; the benchmark makes the list of 100,000."""
    size = len(signed(set(LIVE[: int(len(LIVE) * share)])))
    assert size * (100_000 / len(LIVE)) <= MOST


def test_few_are_named_by_their_number_and_reach_papers_issued_later():
    known = read(signed({LIVE[0], "a number of another kind"}))
    assert known.ids == {LIVE[0], "a number of another kind"}
    assert known.revokes(LIVE[0], AT + timedelta(hours=1)) and not known.revokes(LIVE[1], BEFORE)


def test_a_filter_says_nothing_of_a_paper_issued_since():
    """Nobody who got a pass after the list was made is held for a number that looks like another."""
    known = read(signed(set(LIVE[:3000])))
    fresh = [str(UUID(int=DICE.getrandbits(128), version=4)) for _n in range(300)]
    assert any(known.revokes(number, BEFORE) for number in fresh)  # a filter alone would hold some of them
    assert not any(known.revokes(number, at) for number in [*fresh, LIVE[0]] for at in (AT, AT + timedelta(hours=2)))


def test_without_the_living_each_stands_by_its_number():
    known = read(sign_revocations(LIVE[:2000], KEYS.private_pem, at=AT))
    assert not known.filtered and known.ids == set(LIVE[:2000])


def test_all_revoked_is_the_shortest_list():
    text = signed(set(LIVE))
    known = read(text)
    assert all(known.revokes(number, BEFORE) for number in LIVE) and len(text) < 300


def test_the_same_list_is_made_of_the_same_papers():
    one, two = (read(signed(set(LIVE[:900]))) for _n in range(2))
    assert one == two


def test_a_list_of_passes_says_nothing_of_certificates():
    known = read(signed(set(LIVE[:900]), kinds=("pass",)))
    assert known.kinds == {"pass"}
    everything = read(signed({CLAIMS.pass_id}))
    assert everything.kinds == {"pass", "release"}


def test_a_pass_on_the_list_no_longer_holds_and_another_does():
    from hucheng.engines.papers.tests.test_passes import KEYS as MINE

    at = CLAIMS.issued_at + timedelta(hours=3)
    for revoked, code in (({CLAIMS.pass_id}, "revoked"), ({LIVE[0]}, "ok")):
        listed = read_revocations(sign_revocations(revoked, MINE.private_pem, at=at), MINE.public_pem)
        assert verify_pass(TEXT, MINE.public_pem, at=at, revoked=listed).code == code
    only_releases = sign_revocations({CLAIMS.pass_id}, MINE.private_pem, at=at, kinds=("release",))
    assert verify_pass(TEXT, MINE.public_pem, at=at, revoked=read_revocations(only_releases, MINE.public_pem)).valid


@pytest.mark.parametrize("change", [lambda t: t[:-3], lambda t: t[:40] + "A" + t[41:], lambda t: t + "AAA", str.lower])
def test_a_list_that_was_changed_is_refused(change):
    text = signed(set(LIVE[:900]))
    assert change(text) != text
    with pytest.raises(ValueError, match=r"\w"):
        read(change(text))


@pytest.mark.parametrize(("since", "until", "taken"), [(None, None, True), (AT, None, True), (None, AT, False)])
def test_a_list_counts_when_its_key_was_in_use_at_its_time(since, until, taken):
    text, ring = signed(set(LIVE[:3])), (TrustedKey(KEYS.public_pem, since, until),)
    if taken:
        assert read(text, ring).ids == set(LIVE[:3])
    else:
        with pytest.raises(ValueError, match="not in use"):
            read(text, ring)


def test_numbers_that_are_all_alike_are_an_error_and_not_an_endless_list(monkeypatch):
    """A filter that always mistakes would never end: sixty levels are the limit."""
    monkeypatch.setattr("hucheng.engines.papers.revocations._places", lambda *_args: [0])
    with pytest.raises(ValueError, match="not random"):
        signed(set(LIVE[:900]))


def test_a_list_read_is_a_value():
    assert RevocationList(AT).revokes("x", AT) is False
