"""`hucheng pass`: making keys and checking passes without a network."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from hucheng.engines.papers.keys import new_keys
from hucheng.engines.papers.passes import read_revocations, verify_pass


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
@click.option("--at", type=click.DateTime(), help="核验时间（UTC）· time of the check (UTC)")
def verify(text_or_file: str, key: Path, revoked: Path | None, at: datetime | None) -> None:
    """Print the verdict; exit 0 for a valid pass, 1 for any other."""
    if text_or_file.startswith("HUC1:"):
        text = text_or_file
    elif Path(text_or_file).is_file():
        text = Path(text_or_file).read_text(encoding="utf-8").strip()
    else:
        text = text_or_file
    public = key.read_bytes()
    ids: frozenset[str] = frozenset()
    if revoked:
        try:
            ids, as_of = read_revocations(revoked.read_text(encoding="utf-8").strip(), public)
        except ValueError as wrong:
            raise click.ClickException(f"撤销名单不可用 · the list of revocations cannot be used: {wrong}") from wrong
        click.echo(f"撤销名单截至 · revocations as of {as_of.isoformat()}")
    verdict = verify_pass(text, public, at=(at or datetime.now(UTC)).replace(tzinfo=UTC), revoked=ids)
    click.echo(f"{verdict.why.zh} · {verdict.why.en}")
    if verdict.claims:
        shown = verdict.claims
        click.echo(f"{shown.holder} ···{shown.document_tail} {shown.flight} {shown.origin}-{shown.destination}")
    sys.exit(0 if verdict.valid else 1)
