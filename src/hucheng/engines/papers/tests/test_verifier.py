"""The verifier in a real browser with the network cut says what the house itself says, word for word of the code."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from hucheng.engines.papers import base45
from hucheng.engines.papers.keys import TrustedKey, new_keys
from hucheng.engines.papers.offline import offline_verifier
from hucheng.engines.papers.passes import PREFIX, RELEASE_PREFIX, sign_pass, sign_release, verify_pass, verify_release
from hucheng.engines.papers.revocations import read_revocations, sign_revocations
from hucheng.engines.papers.signed import seal
from hucheng.engines.papers.tests.test_passes import CLAIMS
from hucheng.engines.papers.tests.test_releases import CLAIMS as RELEASE
from hucheng.engines.papers.tests.test_revocations import LIVE

NOW = datetime(2020, 3, 21, 12, tzinfo=UTC)
TURNED = NOW - timedelta(hours=1)
OLD, NEW, OTHER = new_keys(), new_keys(), new_keys()
RING = (TrustedKey(NEW.public_pem, TURNED), TrustedKey(OLD.public_pem, None, TURNED))
REVOKED = set(LIVE[:2500])
LIST = sign_revocations(REVOKED, NEW.private_pem, at=NOW, live=LIVE, kinds=("pass",))
RELEASED = replace(RELEASE, issued_at=NOW - timedelta(minutes=10), expires_at=NOW + timedelta(days=30))


def a_pass(number=LIVE[-1], *, minutes=-90, hours=12, key=OLD):
    issued = NOW + timedelta(minutes=minutes)
    return sign_pass(
        replace(CLAIMS, pass_id=number, issued_at=issued, expires_at=issued + timedelta(hours=hours)), key.private_pem
    )


PAPERS = {
    "good, old key": a_pass(),
    "good, new key": a_pass(minutes=-30, key=NEW),
    "old key after the turn": a_pass(minutes=-30),
    "new key before the turn": a_pass(key=NEW),
    "another issuer": a_pass(key=OTHER),
    "revoked": a_pass(LIVE[0]),
    "issued after the list": a_pass(LIVE[1], minutes=0, key=NEW),
    "not yet": a_pass(minutes=1, key=NEW),
    "expired": a_pass(minutes=-721),
    "ends this second": a_pass(minutes=-720),
    "certificate": sign_release(RELEASED, NEW.private_pem),
    "certificate with the number of a revoked pass": sign_release(
        replace(RELEASED, release_id=LIVE[0]), NEW.private_pem
    ),
    "pass as certificate": RELEASE_PREFIX + a_pass().removeprefix(PREFIX),
    "list as pass": PREFIX + LIST.removeprefix("HUR1:"),
    "claims missing": PREFIX + seal({-70000: "pass", 4: 9**9, 5: 1, 7: "x"}, OLD.private_pem),
    "no map": PREFIX + base45.encode(b"\xd2\x84"),
    "empty": "",
    "words": "让我过去",
    "other prefix": "HC1:ABC",
}


def ours(text):
    known = read_revocations(LIST, RING)
    check = verify_release if text.startswith(RELEASE_PREFIX) else verify_pass
    return check(text, RING, at=NOW, revoked=known)


def forged(count):
    dice = Random(11)
    sealed = base45.decode(a_pass().removeprefix(PREFIX))
    for number in range(count):
        broken = bytearray(sealed)
        if number % 3:
            broken[dice.randrange(len(sealed))] ^= 1 << dice.randrange(8)
        else:
            del broken[dice.randrange(len(sealed)) :]
        yield PREFIX + base45.encode(bytes(broken))


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory):
    """The page opened from a file, every connection refused, the clock standing at noon."""
    path = tmp_path_factory.mktemp("phone") / "check.html"
    path.write_bytes(offline_verifier(RING, LIST))
    context = chromium.new_context()
    asked: list[str] = []
    context.route(
        lambda url: not url.startswith("file:"), lambda route: (asked.append(route.request.url), route.abort())
    )
    opened = context.new_page()
    opened.clock.set_fixed_time(NOW)
    opened.goto(path.as_uri())
    context.set_offline(True)
    opened.wait_for_function("document.getElementById('asof').textContent.length > 0")
    yield opened
    assert not asked
    context.close()


CALL = """async (texts) => {
  const revoked = await HuchengVerifier.readRevocations(TRUSTED.revocations, TRUSTED.keys);
  const at = SECONDS;
  return Promise.all(texts.map((text) => HuchengVerifier.verify(text, { keys: TRUSTED.keys, revoked, at })));
}""".replace("SECONDS", str(NOW.timestamp()))


@pytest.mark.browser
def test_every_paper_gets_the_same_answer_as_from_the_house(page):
    for name, told in zip(PAPERS, page.evaluate(CALL, list(PAPERS.values())), strict=True):
        mine = ours(PAPERS[name])
        assert (told["valid"], told["code"]) == (mine.valid, mine.code), name
        if mine.claims:
            assert told["claims"]["holder"] == mine.claims.holder and told["claims"]["number"] == mine.claims.number


@pytest.mark.browser
def test_fifteen_hundred_forgeries_are_refused_by_the_browser_for_the_same_reason(page):
    texts = list(forged(1500))
    told = page.evaluate(CALL, texts)
    assert not any(one["valid"] for one in told)
    assert [one["code"] for one in told[:300]] == [ours(text).code for text in texts[:300]]


@pytest.mark.browser
def test_every_number_of_the_day_is_told_rightly_by_the_browser(page):
    told = page.evaluate(
        """async (numbers) => {
          const list = await HuchengVerifier.readRevocations(TRUSTED.revocations, TRUSTED.keys);
          return Promise.all(numbers.map((number) => list.revokes(number, list.asOf - 60)));
        }""",
        LIVE,
    )
    assert {number for number, revoked in zip(LIVE, told, strict=True) if revoked} == REVOKED


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("good, old key", "yes", ["✓ 有效 · Valid", CLAIMS.holder, "HU7976 TYN → PEK"]),
        ("certificate", "yes", ["✓ 有效 · Valid", RELEASE.house, "negative"]),
        ("revoked", "no", ["✗ 已撤销 · Revoked", CLAIMS.holder]),
        ("words", "no", ["✗ 不是护城的凭证"]),
    ],
)
def test_a_guard_reads_the_answer_in_both_languages(page, name, kind, words):
    page.fill("#text", "  " + PAPERS[name] + "\n")
    page.click("#check")
    page.wait_for_selector(f"#answer.{kind}")
    shown = page.inner_text("#answer")
    assert all(word in shown for word in words) and "2020" in page.inner_text("#asof")


@pytest.mark.browser
def test_a_page_whose_list_was_damaged_lets_nobody_through(chromium, tmp_path):
    text = offline_verifier(RING, LIST).decode()
    place = text.rindex("HUR1:") + 90
    path = tmp_path / "check.html"
    path.write_text(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :], encoding="utf-8")
    opened = chromium.new_page()
    opened.goto(path.as_uri())
    opened.fill("#text", PAPERS["good, old key"])
    opened.click("#check")
    opened.wait_for_selector("#answer.no")
    assert "撤销名单不可用" in opened.inner_text("#answer")
    opened.close()


def test_every_kind_of_answer_stands_in_the_comparison():
    codes = {ours(text).code for text in PAPERS.values()}
    assert codes == {"ok", "bad_text", "unknown_key", "key_retired", "not_yet", "expired", "revoked"}


def test_a_page_holds_no_address_and_closes_no_script_early():
    hostile = sign_revocations(["</script><b>"], NEW.private_pem, at=NOW)
    page = offline_verifier(RING, hostile).decode()
    assert page.count("</script>") == 1 and "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page


@pytest.mark.parametrize(("keys", "revocations"), [(b"no key", ""), (RING, "HUR1:ABC"), (OTHER.public_pem, LIST)])
def test_a_page_is_not_made_of_what_nobody_could_check(keys, revocations):
    with pytest.raises(ValueError, match=r"\w"):
        offline_verifier(keys, revocations)


def test_the_script_stays_the_size_of_a_page():
    """Short enough to be read by whoever must trust it, and small enough for any phone."""
    page = offline_verifier(RING)
    assert len(page) < 20_000 and page.count(b"\n") < 280
