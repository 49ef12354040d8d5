"""`hucheng pass`: making keys and checking passes without a network."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from hucheng.engines.papers.keys import is_public, new_keys
from hucheng.engines.papers.passes import PREFIX, read_revocations, verify_pass


@click.group("pass", help="通行证：密钥与离线核验 · Passes: keys and checking offline")
def pass_group() -> None:
    """Hold the commands together."""


@pass_group.command("keys", help="生成签名密钥对 · Make a pair of signing keys")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="目录 · folder")
def keys(out: Path) -> None:
    """Write pass.pem (private, mode 0600) and pass.pub.pem; never over an existing key."""
    private, public = out / "pass.pem", out / "pass.pub.pem"
    if private.exists():
        raise click.ClickException(f"{private} 已存在，不覆盖 · {private} exists and is not replaced")
    out.mkdir(parents=True, exist_ok=True)
    pair = new_keys()
    private.touch(mode=0o600)
    private.write_bytes(pair.private_pem)
    public.write_bytes(pair.public_pem)
    click.echo(str(public))


@pass_group.command("verify", help="离线核验通行证 · Check a pass offline with the public key")
@click.argument("text_or_file")
@click.option("--key", type=click.Path(exists=True, path_type=Path), required=True, help="公钥 · public key")
@click.option("--revoked", type=click.Path(exists=True, path_type=Path), help="撤销名单 · list of revocations")
@click.option("--at", help="核验时间，ISO 8601，不带时区按 UTC · time of the check, ISO 8601, UTC unless it says so")
def verify(text_or_file: str, key: Path, revoked: Path | None, at: str | None) -> None:
    """Print the verdict; exit 0 for a valid pass, 1 for any other."""
    public = key.read_bytes()
    if not is_public(public):
        raise click.ClickException(f"{key} 不是公钥（P-256 PEM）· {key} is not a public key (PEM, P-256)")
    ids = _revoked(revoked, public) if revoked else frozenset()
    verdict = verify_pass(_text(text_or_file), public, at=_moment(at) if at else datetime.now(UTC), revoked=ids)
    click.echo(f"{verdict.why.zh} · {verdict.why.en}")
    if verdict.claims:
        shown = verdict.claims
        click.echo(f"{shown.holder} ···{shown.document_tail} {shown.flight} {shown.origin}-{shown.destination}")
    sys.exit(0 if verdict.valid else 1)


def _text(text_or_file: str) -> str:
    """The pass itself, or what stands in the file of that name."""
    if text_or_file.startswith(PREFIX):
        return text_or_file
    try:
        return Path(text_or_file).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as wrong:
        raise click.ClickException(f"{text_or_file} 不是文本文件 · {text_or_file} is not a text file") from wrong
    except (OSError, ValueError):  # no such file, a name too long or impossible: then it is meant as a text
        return text_or_file


def _revoked(file: Path, public: bytes) -> frozenset[str]:
    try:
        ids, as_of = read_revocations(file.read_text(encoding="utf-8").strip(), public)
    except (OSError, ValueError) as wrong:
        raise click.ClickException(f"撤销名单不可用 · the list of revocations cannot be used: {wrong}") from wrong
    click.echo(f"撤销名单截至 · revocations as of {as_of.isoformat()}")
    return ids


def _moment(written: str) -> datetime:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as wrong:
        raise click.BadParameter(
            f"“{written}” 不是时间，如 2020-03-21T20:00:00+08:00 · is no time such as 2020-03-21T20:00:00+08:00"
        ) from wrong
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
