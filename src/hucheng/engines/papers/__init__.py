"""Papers that others must trust: signed passes, certificates, lists."""

from hucheng.engines.papers.keys import KeyPair, TrustedKey, is_public, key_id, new_keys, public_of
from hucheng.engines.papers.offline import offline_verifier
from hucheng.engines.papers.passes import (
    PassClaims,
    PassVerdict,
    ReleaseClaims,
    ReleaseVerdict,
    sign_pass,
    sign_release,
    verify_pass,
    verify_release,
)
from hucheng.engines.papers.pdf import (
    FontMissing,
    PassPaper,
    ReleasePaper,
    onward_pass_paper,
    release_certificate,
)
from hucheng.engines.papers.qr import qr_png, qr_svg
from hucheng.engines.papers.revocations import RevocationList, read_revocations, sign_revocations
from hucheng.engines.papers.sheets import handover_xlsx, table_csv, table_xlsx

__all__ = [
    "FontMissing",
    "KeyPair",
    "PassClaims",
    "PassPaper",
    "PassVerdict",
    "ReleaseClaims",
    "ReleasePaper",
    "ReleaseVerdict",
    "RevocationList",
    "TrustedKey",
    "handover_xlsx",
    "is_public",
    "key_id",
    "new_keys",
    "offline_verifier",
    "onward_pass_paper",
    "public_of",
    "qr_png",
    "qr_svg",
    "read_revocations",
    "release_certificate",
    "sign_pass",
    "sign_release",
    "sign_revocations",
    "table_csv",
    "table_xlsx",
    "verify_pass",
    "verify_release",
]
