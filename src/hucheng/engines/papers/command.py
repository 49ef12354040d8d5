"""`hucheng pass`: issuing, revoking and checking passes and certificates, and turning keys, without a network."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import click

from hucheng.engines.papers.keys import TrustedKey, is_public, new_keys, private_key, public_of
from hucheng.engines.papers.offline import offline_verifier
from hucheng.engines.papers.passes import (
    PREFIX,
    RELEASE_PREFIX,
    PassClaims,
    ReleaseClaims,
    sign_pass,
    sign_release,
    verify_pass,
    verify_release,
)
from hucheng.engines.papers.qr import qr_svg
from hucheng.engines.papers.revocations import RevocationList, read_revocations, sign_revocations
from hucheng.engines.papers.ring import PRIVATE, read_ring, ring_json, ring_of, rotate

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(dir_okay=False, path_type=Path)
AT = "时间，ISO 8601，不带时区按 UTC · a time, ISO 8601, UTC unless it says so"


@click.group("pass", help="通行证：签发、撤销与离线核验 · Passes: issue, revoke, check offline")
def pass_group() -> None:
    """Hold the commands together."""


@pass_group.command("keys", help="生成签名密钥对 · Make a pair of signing keys")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="目录 · folder")
def keys(out: Path) -> None:
    """Write pass.pem (private, mode 0600) and pass.pub.pem; never over an existing key."""
    private, public = out / PRIVATE, out / "pass.pub.pem"
    if private.exists():
        raise click.ClickException(f"{private} 已存在，不覆盖 · {private} exists and is not replaced")
    out.mkdir(parents=True, exist_ok=True)
    pair = new_keys()
    private.touch(mode=0o600)
    private.write_bytes(pair.private_pem)
    public.write_bytes(pair.public_pem)
    click.echo(str(public))


@pass_group.command("rotate", help="更换签名密钥；旧密钥此后不再可信 · Turn the key; the old one is trusted no longer")
@click.option("--keys", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True)
@click.option("--at", help=AT)
def turn(folder: Path, at: str | None) -> None:
    """Retire pass.pem, make a new one, and write the ring of public keys to pass.ring.pub.json."""
    try:
        fresh = rotate(folder, at=_moment(at))
        out = folder / "pass.ring.pub.json"
        out.write_text(ring_json(read_ring(folder)), encoding="utf-8")
    except ValueError as wrong:
        raise click.ClickException(f"不能更换密钥 · the key cannot be turned: {wrong}") from wrong
    (folder / "pass.pub.pem").write_bytes(fresh.public_pem)
    click.echo(str(out))


@pass_group.command("issue", help="签发通行证或解除隔离证明 · Sign a pass or a certificate of release")
@click.option("--key", type=FILE, required=True, help="私钥 · private key")
@click.option("--holder", required=True, help="持有人 · holder")
@click.option("--document-tail", required=True, help="证件末四位 · last four of the document")
@click.option("--flight", default="", help="航班（通行证）· flight, for a pass")
@click.option("--from", "origin", default="", help="始发（通行证）· origin, for a pass")
@click.option("--to", "destination", default="", help="到达（通行证）· destination, for a pass")
@click.option("--house", default="", help="隔离点（证明）· house, for a certificate")
@click.option("--stay", nargs=2, default=("", ""), help="隔离起止日（证明）· first and last day, for a certificate")
@click.option("--tests", default="", help="检测结果（证明）· tests, for a certificate")
@click.option("--issuer", required=True, help="签发地行政区划代码 · code of the issuing place")
@click.option("--rules", default="", help="规则版本 · version of the rules")
@click.option("--hours", type=click.IntRange(1, 24 * 90), default=12, show_default=True, help="有效小时 · hours")
@click.option("--id", "number", help="编号，默认随机 · number, random unless given")
@click.option("--at", help=AT)
@click.option("--svg", type=NEW, help="二维码 SVG · code as SVG")
def issue(
    key: Path, holder: str, document_tail: str, house: str, stay: tuple[str, str], tests: str, issuer: str, hours: int,
    number: str | None, at: str | None, svg: Path | None, **way: str,
) -> None:  # fmt: skip
    """Print the signed text: a certificate when a house is named, else a pass."""
    private, moment = _private(key), _moment(at)
    end, number = moment + timedelta(hours=hours), number or str(uuid4())
    if len(document_tail) > 4:
        raise click.BadParameter("最多四位 · four signs at most", param_hint="--document-tail")
    flight, origin, destination, rules = way["flight"], way["origin"], way["destination"], way["rules"]
    if house:
        since, until = stay
        released = ReleaseClaims(number, holder, document_tail, house, since, until, tests, moment, end, issuer)
        text = sign_release(released, private)
    elif not all((flight, origin, destination)):
        raise click.UsageError("通行证需要 --flight --from --to · a pass needs --flight, --from and --to")
    else:
        claims = PassClaims(number, holder, document_tail, flight, origin, destination, moment, end, rules, issuer)
        text = sign_pass(claims, private)
    if svg:
        svg.write_text(qr_svg(text), encoding="utf-8")
    click.echo(text)


@pass_group.command("revoke", help="撤销并更新签名的撤销名单 · Revoke, and sign the list of revocations anew")
@click.argument("papers", nargs=-1, required=True)
@click.option("--key", type=FILE, required=True, help="私钥 · private key")
@click.option("--list", "file", type=NEW, required=True, help="撤销名单，没有则新建 · list, made when missing")
@click.option("--at", help=AT)
def revoke(papers: tuple[str, ...], key: Path, file: Path, at: str | None) -> None:
    """Add papers, by their number or their text, to the list in the file."""
    private, moment = _private(key), _moment(at)
    public = public_of(private)
    known: frozenset[str] = frozenset()
    if file.exists():
        old = _list(file, (TrustedKey(public),))
        if old.filtered:
            raise click.ClickException("此名单由系统生成，不能手工添加 · this list is made by the system, not by hand")
        known = old.ids
    added = {_number(paper, public, moment) for paper in papers}
    file.write_text(sign_revocations(known | added, private, at=moment), encoding="utf-8")
    click.echo(f"{len(known | added)} 已撤销 revoked (+{len(added - known)}) -> {file}")


@pass_group.command("verify", help="离线核验通行证或证明 · Check a pass or certificate offline with the public key")
@click.argument("text_or_file")
@click.option("--key", type=FILE, required=True, help="公钥或密钥环 · public key, or ring of keys")
@click.option("--revoked", type=click.Path(exists=True, path_type=Path), help="撤销名单 · list of revocations")
@click.option("--at", help=AT)
def verify(text_or_file: str, key: Path, revoked: Path | None, at: str | None) -> None:
    """Print the verdict; exit 0 for a paper that holds, 1 for any other."""
    ring = _ring(key)
    known = _list(revoked, ring) if revoked else ()
    if isinstance(known, RevocationList):
        click.echo(f"撤销名单截至 · revocations as of {known.as_of.isoformat()}")
    text = _text(text_or_file)
    check = verify_release if text.startswith(RELEASE_PREFIX) else verify_pass
    verdict = check(text, ring, at=_moment(at), revoked=known)
    click.echo(f"{verdict.why.zh} · {verdict.why.en}")
    said = verdict.claims
    if isinstance(said, PassClaims):
        click.echo(f"{said.holder} ···{said.document_tail} {said.flight} {said.origin}-{said.destination}")
    elif isinstance(said, ReleaseClaims):
        click.echo(f"{said.holder} ···{said.document_tail} {said.house} {said.since} - {said.until} {said.tests}")
    sys.exit(0 if verdict.valid else 1)


@pass_group.command("verifier", help="生成可离线使用的核验网页 · Write the verifier as a page for without a network")
@click.option("--key", type=FILE, required=True, help="公钥或密钥环 · public key, or ring of keys")
@click.option("--revoked", type=click.Path(exists=True, path_type=Path), help="撤销名单 · list of revocations")
@click.option("--out", type=NEW, required=True, help="HTML")
def verifier(key: Path, revoked: Path | None, out: Path) -> None:
    """Write one HTML file with keys and revocations inside."""
    ring = _ring(key)
    if revoked:
        _list(revoked, ring)
    out.write_bytes(offline_verifier(ring, revoked.read_text(encoding="utf-8").strip() if revoked else ""))
    click.echo(str(out))


def _private(key: Path) -> bytes:
    pem = key.read_bytes()
    try:
        private_key(pem)
    except (ValueError, TypeError) as wrong:
        raise click.ClickException(f"{key} 不是私钥（P-256 PEM）· {key} is not a private key (PEM, P-256)") from wrong
    return pem


def _ring(key: Path) -> tuple[TrustedKey, ...]:
    data = key.read_bytes()
    if is_public(data):
        return (TrustedKey(data),)
    try:
        return ring_of(data.decode())
    except ValueError as wrong:
        raise click.ClickException(f"{key} 不是公钥（P-256 PEM）· {key} is not a public key (PEM, P-256)") from wrong


def _number(paper: str, public: bytes, at: datetime) -> str:
    """The number of a paper, from its text or as it stands."""
    if not paper.startswith((PREFIX, RELEASE_PREFIX)):
        return paper
    check = verify_release if paper.startswith(RELEASE_PREFIX) else verify_pass
    claims = check(paper, public, at=at).claims
    if claims is None:
        raise click.ClickException("此凭证不是用这把钥匙签发 · this paper is not signed with this key")
    return claims.number


def _text(text_or_file: str) -> str:
    """The paper itself, or what stands in the file of that name."""
    if text_or_file.startswith((PREFIX, RELEASE_PREFIX)):
        return text_or_file
    try:
        return Path(text_or_file).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as wrong:
        raise click.ClickException(f"{text_or_file} 不是文本文件 · {text_or_file} is not a text file") from wrong
    except (OSError, ValueError):  # no such file, a name too long or impossible: then it is meant as a text
        return text_or_file


def _list(file: Path, ring: tuple[TrustedKey, ...]) -> RevocationList:
    try:
        return read_revocations(file.read_text(encoding="utf-8").strip(), ring)
    except (OSError, ValueError) as wrong:
        raise click.ClickException(f"撤销名单不可用 · the list of revocations cannot be used: {wrong}") from wrong


def _moment(written: str | None) -> datetime:
    if not written:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as wrong:
        raise click.BadParameter(
            f"“{written}” 不是时间，如 2020-03-21T20:00:00+08:00 · is no time such as 2020-03-21T20:00:00+08:00"
        ) from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
