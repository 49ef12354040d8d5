"""`hucheng pass` from a key to a page for the phone: issue, revoke, check, turn keys; nothing private is told."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from hucheng.engines.papers.command import pass_group
from hucheng.engines.papers.keys import new_keys, public_of
from hucheng.engines.papers.passes import verify_pass, verify_release
from hucheng.engines.papers.revocations import read_revocations, sign_revocations
from hucheng.engines.papers.ring import read_ring
from hucheng.engines.papers.tests.test_revocations import LIVE

DAY = "2020-03-21T10:00:00+08:00"
LATER = "2020-03-21T12:00:00+08:00"
WHO = ["--holder", "王丽华", "--document-tail", "0001", "--issuer", "140100", "--at", DAY]
WAY = ["--flight", "HU7976", "--from", "TYN", "--to", "PEK", "--rules", "entry 2020-03.1"]
STAY = ["--house", "锦源宾馆", "--stay", "2020-03-07", "2020-03-21", "--tests", "negative"]


def run(*words):
    return CliRunner().invoke(pass_group, list(map(str, words)))


@pytest.fixture
def keys(tmp_path):
    assert run("keys", "--out", tmp_path).exit_code == 0
    return tmp_path


def issued(keys, *more):
    done = run("issue", "--key", keys / "pass.pem", *WHO, *more)
    assert done.exit_code == 0, done.output
    return done.output.strip()


def checked(keys, text, *more, key="pass.pub.pem", at=LATER):
    return run("verify", text, "--key", keys / key, "--at", at, *more)


def test_a_pass_is_issued_and_says_what_was_asked(keys):
    text = issued(keys, *WAY, "--id", LIVE[0], "--svg", keys / "code.svg")
    verdict = verify_pass(text, (keys / "pass.pub.pem").read_bytes(), at=datetime(2020, 3, 21, 3, tzinfo=UTC))
    said = verdict.claims
    assert verdict.valid and (said.holder, said.flight, said.origin, said.destination) == (
        "王丽华",
        "HU7976",
        "TYN",
        "PEK",
    )
    assert (said.pass_id, said.rules_version, said.issuer) == (LIVE[0], "entry 2020-03.1", "140100")
    assert (said.expires_at - said.issued_at).total_seconds() == 12 * 3600
    assert (keys / "code.svg").read_text().startswith("<svg")


def test_a_certificate_is_issued_when_a_house_is_named(keys):
    text = issued(keys, *STAY, "--hours", "720")
    verdict = verify_release(text, (keys / "pass.pub.pem").read_bytes(), at=datetime(2020, 4, 1, tzinfo=UTC))
    said = verdict.claims
    assert verdict.valid and (said.house, said.since, said.until, said.tests) == (
        "锦源宾馆", "2020-03-07", "2020-03-21", "negative",
    )  # fmt: skip
    shown = checked(keys, text)
    assert shown.exit_code == 0 and "解除隔离证明有效" in shown.output and "锦源宾馆" in shown.output


def test_each_paper_has_a_number_of_its_own(keys):
    numbers = set()
    for _n in range(3):
        verdict = verify_pass(
            issued(keys, *WAY), (keys / "pass.pub.pem").read_bytes(), at=datetime(2020, 3, 21, 3, tzinfo=UTC)
        )
        numbers.add(verdict.claims.pass_id)
    assert len(numbers) == 3


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([*WHO], "--flight"),
        ([*WHO, "--flight", "HU7976", "--to", "PEK"], "--from"),
        ([*WHO, *WAY, "--hours", "0"], "hours"),
        ([*WHO, *WAY, "--hours", "9999"], "hours"),
        ([*WHO, *WAY, "--document-tail", "EZ0000001"], "四位"),
        ([*WHO[:-1], "yesterday", *WAY], "2020-03-21T20:00:00+08:00"),
    ],
    ids=["no way", "half a way", "no life", "long life", "whole document", "no time"],
)
def test_a_paper_that_should_not_be_is_not_signed(keys, words, told):
    done = run("issue", "--key", keys / "pass.pem", *words)
    assert done.exit_code == 2 and told in done.output and "HUC1" not in done.output


def test_only_a_private_key_signs(keys):
    done = run("issue", "--key", keys / "pass.pub.pem", *WHO, *WAY)
    assert done.exit_code == 1 and "不是私钥" in done.output


def test_a_pass_is_revoked_by_its_text_or_its_number_and_the_list_grows(keys):
    first, second, third = issued(keys, *WAY), issued(keys, *WAY, "--id", LIVE[1]), issued(keys, *WAY)
    revoked = keys / "revoked.txt"
    key = ["--key", keys / "pass.pem", "--list", revoked, "--at", LATER]
    assert "1 已撤销" in run("revoke", first, *key).output
    assert "2 已撤销 revoked (+1)" in run("revoke", LIVE[1], *key).output
    assert "2 已撤销 revoked (+0)" in run("revoke", LIVE[1], first, *key).output
    for text, code in ((first, 1), (second, 1), (third, 0)):
        shown = checked(keys, text, "--revoked", revoked)
        assert shown.exit_code == code and "revocations as of 2020-03-21T04:00:00" in shown.output
    assert "已撤销" in checked(keys, first, "--revoked", revoked).output


def test_a_certificate_is_revoked_in_the_same_list(keys):
    text, revoked = issued(keys, *STAY), keys / "revoked.txt"
    run("revoke", text, "--key", keys / "pass.pem", "--list", revoked, "--at", LATER)
    assert "解除隔离证明已撤销" in checked(keys, text, "--revoked", revoked).output


def test_what_another_key_signed_is_not_revoked_here(keys, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    run("keys", "--out", other)
    done = run("revoke", issued(other, *WAY), "--key", keys / "pass.pem", "--list", keys / "revoked.txt")
    assert done.exit_code == 1 and not (keys / "revoked.txt").exists()


def test_a_list_of_the_system_is_not_changed_by_hand(keys):
    private = (keys / "pass.pem").read_bytes()
    text = sign_revocations(LIVE[:900], private, at=datetime(2020, 3, 21, tzinfo=UTC), live=LIVE)
    (keys / "revoked.txt").write_text(text)
    done = run("revoke", LIVE[0], "--key", keys / "pass.pem", "--list", keys / "revoked.txt")
    assert done.exit_code == 1 and "不能手工添加" in done.output and (keys / "revoked.txt").read_text() == text


def test_a_list_that_is_none_is_left_alone(keys):
    (keys / "revoked.txt").write_text("notes of somebody")
    done = run("revoke", LIVE[0], "--key", keys / "pass.pem", "--list", keys / "revoked.txt")
    assert done.exit_code == 1 and (keys / "revoked.txt").read_text() == "notes of somebody"


def test_after_a_turn_the_ring_opens_old_and_new_passes(keys):
    old, old_key = issued(keys, *WAY), (keys / "pass.pem").read_bytes()
    turned = run("rotate", "--keys", keys, "--at", "2020-03-21T11:00:00+08:00")
    assert turned.exit_code == 0 and "PRIVATE" not in (keys / "pass.ring.pub.json").read_text()
    (keys / "stolen.pem").write_bytes(old_key)
    late = ["--holder", "x", "--document-tail", "1", "--issuer", "140100", "--at", "2020-03-21T11:30:00+08:00", *WAY]
    new = run("issue", "--key", keys / "pass.pem", *late).output.strip()
    stolen = run("issue", "--key", keys / "stolen.pem", *late).output.strip()
    told = [checked(keys, text, key="pass.ring.pub.json") for text in (old, new, stolen)]
    assert [one.exit_code for one in told] == [0, 0, 1] and "已停用" in told[2].output
    assert (keys / "pass.pub.pem").read_bytes() == public_of((keys / "pass.pem").read_bytes())
    assert len(read_ring(keys)) == 2


def test_a_turn_that_cannot_be_says_why(keys, tmp_path_factory):
    empty = run("rotate", "--keys", tmp_path_factory.mktemp("empty"))
    assert empty.exit_code == 1 and "is not there" in empty.output
    run("rotate", "--keys", keys, "--at", LATER)
    assert run("rotate", "--keys", keys, "--at", DAY).exit_code == 1


def test_the_page_for_the_phone_holds_keys_and_list_and_nothing_private(keys):
    run("revoke", LIVE[0], "--key", keys / "pass.pem", "--list", keys / "revoked.txt", "--at", LATER)
    words = ["--key", keys / "pass.pub.pem", "--revoked", keys / "revoked.txt", "--out", keys / "check.html"]
    assert run("verifier", *words).exit_code == 0
    page = (keys / "check.html").read_text(encoding="utf-8")
    assert "HUR1:" in page and "PRIVATE" not in page and "http://" not in page and "https://" not in page
    assert read_revocations((keys / "revoked.txt").read_text(), (keys / "pass.pub.pem").read_bytes()).ids == {LIVE[0]}


def test_a_page_is_not_made_with_a_list_that_nobody_could_check(keys):
    other = new_keys()
    (keys / "revoked.txt").write_text(sign_revocations([], other.private_pem, at=datetime(2020, 3, 21, tzinfo=UTC)))
    words = ["--key", keys / "pass.pub.pem", "--revoked", keys / "revoked.txt", "--out", keys / "check.html"]
    assert run("verifier", *words).exit_code == 1 and not (keys / "check.html").exists()
