"""A million forged passes, the day's list of revocations for 100,000, and what checking one costs.

Run: `python benchmarks/passes.py [FORGERIES]`; a million takes some minutes. Checking stands beside the bare signature.
"""

import random
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from hucheng.engines.papers import base45, new_keys, read_revocations, sign_pass, sign_revocations, verify_pass
from hucheng.engines.papers.keys import private_key, public_key
from hucheng.engines.papers.passes import PREFIX, PassClaims

AT = datetime(2020, 3, 21, 10, tzinfo=UTC)
KEYS = new_keys()
CLAIMS = PassClaims(
    "5d0e7a42-0000-4000-8000-000000000001", "TESTWANG LIHUA 王丽华", "0001", "HU7976", "TYN", "PEK",
    AT, AT + timedelta(hours=12), "entry 2020-03.1", "140100",
)  # fmt: skip
TEXT = sign_pass(CLAIMS, KEYS.private_pem)


def forged(sealed: bytes, dice: random.Random) -> bytes:
    """One to three bits flipped, or the end cut off."""
    if dice.random() < 0.1:
        return sealed[: dice.randrange(len(sealed))]
    broken = bytearray(sealed)
    for _flip in range(dice.choice((1, 1, 1, 2, 3))):
        broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
    return bytes(broken)


def accepted(count: int) -> int:
    """How many forgeries are taken for the pass."""
    dice, sealed, taken = random.Random(43), base45.decode(TEXT.removeprefix(PREFIX)), 0
    for _try in range(count):
        broken = forged(sealed, dice)
        if broken != sealed:
            taken += verify_pass(PREFIX + base45.encode(broken), KEYS.public_pem, at=AT).valid
    return taken


def each(work, count: int = 2000) -> float:
    """Median seconds of one call."""
    times = []
    for _call in range(count):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[count // 2]


def bare_check():
    """A check of the bare signature of as many bytes, for the ratio."""
    message, key = b"x" * 180, public_key(KEYS.public_pem)
    r, s = utils.decode_dss_signature(private_key(KEYS.private_pem).sign(message, ec.ECDSA(hashes.SHA256())))
    return lambda: key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))


def main() -> None:
    """Print the table of figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    check, bare = each(lambda: verify_pass(TEXT, KEYS.public_pem, at=AT)), each(bare_check())
    print(
        f"one check                {check * 1e6:8.0f} us   {check / bare:.1f} x the bare signature   {len(TEXT)} signs"
    )
    dice = random.Random(7)
    live = [str(uuid.UUID(int=dice.getrandbits(128), version=4)) for _pass in range(100_000)]
    for share in (0.001, 0.01, 0.05, 0.2, 0.5, 0.9):
        revoked = set(live[: int(share * len(live))])
        start = time.perf_counter()
        text = sign_revocations(revoked, KEYS.private_pem, at=AT, live=live, kinds=("pass",))
        took = time.perf_counter() - start
        known = read_revocations(text, KEYS.public_pem)
        wrong = sum(known.revokes(number, AT - timedelta(hours=1)) != (number in revoked) for number in live)
        print(f"list, {share:6.1%} of 100,000 {len(text):8,} bytes (goal 50,000)   {took:.2f} s to make, {wrong} wrong")
        assert not wrong and len(text) <= 50_000
    start = time.perf_counter()
    taken = accepted(count)
    print(f"forgeries                {count:10,} tried, {taken} accepted   {time.perf_counter() - start:.0f} s")
    assert not taken


if __name__ == "__main__":
    main()
