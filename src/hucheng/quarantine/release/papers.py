"""What the certificate of a release says, with a signed code that anybody can check without a network."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from hucheng.core.clock import SHANGHAI
from hucheng.engines.papers import ReleaseClaims
from hucheng.engines.papers.pdf import ReleasePaper
from hucheng.entry import door as entry
from hucheng.quarantine.release.models import Release

CERTIFICATE_LIFE = timedelta(days=30)
"""How long the code of a certificate holds: past the calls of the county. The house's own choice, no order sets it."""


def paper_of(found: Release) -> ReleasePaper:
    """Everything that the printed certificate shows."""
    person = found.arrival.person
    return ReleasePaper(
        city=_("Taiyuan"),
        number=_number(found),
        name=person.full_name,
        document_tail=person.document_tail,
        flight=str(found.arrival.flight),
        house=found.house,
        since=_day(found.since),
        until=_day(found.decided_at),
        tests=found.tests,
        ground=_("Prevention and Control Plan: 14 full days, negative tests"),
        decided_by=str(found.decided_by or "-"),
        issued=found.decided_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        check_text=code_of(found),
    )


def code_of(found: Release) -> str:
    """The signed text of the code: what the paper says of the stay, no more."""
    person = found.arrival.person
    claims = ReleaseClaims(
        release_id=_number(found),
        holder=person.full_name,
        document_tail=person.document_tail,
        house=found.house,
        since=_day(found.since),
        until=_day(found.decided_at),
        tests=found.tests,
        issued_at=found.decided_at,
        expires_at=found.decided_at + CERTIFICATE_LIFE,
        issuer=found.place,
    )
    return entry.signed_release(claims)


def _number(found: Release) -> str:
    return str(found.pk)[:8].upper()


def _day(at: datetime) -> str:
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d")
