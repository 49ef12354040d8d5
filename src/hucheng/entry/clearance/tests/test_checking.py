"""What leaves the house for verifiers: every key in its time, the day's list, and the page that needs no network."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import after, an_actor
from hucheng.engines.papers import read_revocations, sign_release, verify_pass
from hucheng.engines.papers.revocations import FEW
from hucheng.engines.papers.ring import read_ring, ring_of, rotate
from hucheng.engines.papers.tests.test_releases import CLAIMS
from hucheng.entry.clearance import checking
from hucheng.entry.clearance.actions import clear, revoke
from hucheng.entry.clearance.checking import checked, signed_revocations
from hucheng.entry.clearance.keys import public_key, signing_key, trusted_keys
from hucheng.entry.clearance.models import Pass
from hucheng.entry.testing import a_landed_flight, arrivals_of, fit_to_travel, the_rules
from hucheng.entry.triage.actions import triage_flight

pytestmark = pytest.mark.django_db
RELEASED = replace(CLAIMS, issued_at=after(0), expires_at=after(days=30))


@pytest.fixture
def folder(settings, tmp_path):
    settings.HUCHENG_KEY_FOLDER = tmp_path / "keys"
    return settings.HUCHENG_KEY_FOLDER


@pytest.fixture
def passes(folder):
    the_rules()
    flight = a_landed_flight(3)
    people = arrivals_of(flight)
    fit_to_travel(people, at=after(30))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    return clear(actor=an_actor(Role.ENTRY), flight_id=flight.pk, arrival_ids=[p.pk for p in people], at=after(70))


def take_back(made, minutes):
    revoke(actor=an_actor(Role.ENTRY), pass_id=made.pk, why="lost", at=after(minutes))


def test_a_pass_and_a_certificate_are_checked_at_the_same_desk(passes):
    certificate = sign_release(RELEASED, signing_key())
    assert checked(passes[0].token, after(80)).valid and checked(certificate, after(80)).valid
    take_back(passes[0], 85)
    assert checked(passes[0].token, after(90)).code == "revoked" and checked(certificate, after(90)).valid


@pytest.mark.parametrize("text", ["", "x", "HUC1:", "HUL1:", "HUR1:ABC"])
def test_any_other_text_is_held(passes, text):
    assert checked(text, after(80)).code == "bad_text"


def test_a_turned_key_signs_at_once_and_the_passes_of_the_old_one_still_open_the_gate(passes, folder):
    old = signing_key()
    rotate(folder, at=after(80))
    assert signing_key() != old and [key.until for key in trusted_keys()] == [None, after(80)]
    assert checked(passes[0].token, after(90)).valid
    stolen = sign_release(replace(RELEASED, issued_at=after(85)), old)
    assert checked(stolen, after(90)).code == "key_retired"
    assert checked(sign_release(replace(RELEASED, issued_at=after(85)), signing_key()), after(90)).valid


def test_the_list_names_the_revoked_and_no_expired_pass(passes):
    take_back(passes[0], 75)
    known = read_revocations(signed_revocations(after(80)), trusted_keys())
    assert known.ids == {str(passes[0].pk)} and known.kinds == {"pass"} and known.as_of == after(80)
    late = read_revocations(signed_revocations(after(70 + 12 * 60)), trusted_keys())
    assert late.ids == frozenset()


def test_many_revoked_passes_make_a_filter_that_tells_the_living_rightly(passes, monkeypatch):
    """As many numbers as one crowded day has, of which the three passes here are a part."""
    crowd = {f"{number:08x}-0000-4000-8000-000000000000" for number in range(3 * FEW)}
    revoked = {str(passes[0].pk), *sorted(crowd)[: 2 * FEW]}
    monkeypatch.setattr(checking, "revoked_ids", lambda at: frozenset(revoked))
    monkeypatch.setattr(checking, "live_ids", lambda at: frozenset(crowd | {str(p.pk) for p in passes}))
    text = signed_revocations(after(80))
    known = read_revocations(text, trusted_keys())
    assert known.filtered and len(text) < 4_000
    for made, code in zip(passes, ["revoked", "ok", "ok"], strict=True):
        assert verify_pass(made.token, trusted_keys(), at=after(90), revoked=known).code == code


def test_everybody_may_have_the_keys_the_list_and_the_page(client, passes, folder):
    rotate(folder, at=after(80))
    with frozen_at(after(90)):
        ring = client.get(reverse("entry:keys"))
        listed = client.get(reverse("entry:revocations"))
        page = client.get(reverse("entry:verifier"))
        one = client.get(reverse("entry:key"))
    assert ring_of(ring.content.decode()) == read_ring(folder) and len(json.loads(ring.content)) == 2
    assert read_revocations(listed.content.decode(), trusted_keys()).as_of == after(90)
    assert one.content == public_key() and b"PRIVATE" not in ring.content + page.content
    inside = json.loads(re.search(r"const TRUSTED = ({.*});", page.content.decode())[1])
    assert page["Content-Disposition"].startswith("attachment")
    assert [entry["kid"] for entry in inside["keys"]] == [entry["kid"] for entry in json.loads(ring.content)]
    assert read_revocations(inside["revocations"], trusted_keys()).as_of == after(90)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["The certificate is valid.", CLAIMS.house]), ("zh-hans", ["解除隔离证明有效。", CLAIMS.house])],
)
def test_the_gate_lets_a_certificate_through_and_says_so(client, passes, language, words):
    client.force_login(User.objects.get(pk=an_actor(Role.QUARANTINE).user_id))
    client.cookies["django_language"] = language
    with frozen_at(after(90)):
        page = client.post(reverse("entry:gate"), {"text": sign_release(RELEASED, signing_key())}).content.decode()
    assert all(word in page for word in words) and 'class="note bad"' not in page


def test_the_gate_holds_a_certificate_that_was_changed(client, passes):
    client.force_login(User.objects.get(pk=an_actor(Role.HOUSE, unit="H01").user_id))
    client.cookies["django_language"] = "en"
    text = sign_release(RELEASED, signing_key())
    with frozen_at(after(90)):
        page = client.post(reverse("entry:gate"), {"text": text[:-4] + "0000"}).content.decode()
    assert "Hold" in page and RELEASED.holder not in page


def test_a_certificate_past_its_end_no_longer_opens_the_gate(passes):
    text = sign_release(RELEASED, signing_key())
    assert checked(text, after(days=30) - timedelta(seconds=1)).valid
    assert checked(text, after(days=30)).code == "expired"


def test_a_pass_carries_rules_version_and_signer(passes):
    """NEW-02: the proof holds the version of the rules it was cleared under and the place that signed it."""
    said = checked(passes[0].token, after(80)).claims
    triage = Pass.objects.get(pk=passes[0].pk).triage
    assert said.rules_version == f"{triage.table} {triage.version}" and said.issuer == "140100"
    assert said.expires_at - said.issued_at == timedelta(hours=12)
