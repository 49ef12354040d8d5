"""Papers that others must trust: signed passes, certificates, lists."""

from hucheng.engines.papers.keys import KeyPair, is_public, new_keys, public_of
from hucheng.engines.papers.passes import (
    PassClaims,
    PassVerdict,
    read_revocations,
    sign_pass,
    sign_revocations,
    verify_pass,
)
from hucheng.engines.papers.pdf import (
    FontMissing,
    PassPaper,
    ReleasePaper,
    handover_list,
    onward_pass_paper,
    release_certificate,
)
from hucheng.engines.papers.qr import qr_png, qr_svg
from hucheng.engines.papers.sheets import handover_xlsx, table_csv, table_xlsx

__all__ = [
    "FontMissing",
    "KeyPair",
    "PassClaims",
    "PassPaper",
    "PassVerdict",
    "ReleasePaper",
    "handover_list",
    "handover_xlsx",
    "is_public",
    "new_keys",
    "onward_pass_paper",
    "public_of",
    "qr_png",
    "qr_svg",
    "read_revocations",
    "release_certificate",
    "sign_pass",
    "sign_revocations",
    "table_csv",
    "table_xlsx",
    "verify_pass",
]
