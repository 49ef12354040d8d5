"""The form of a handover in the national format, for the two signatures."""

from collections.abc import Sequence

from django.utils import translation

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import organisations
from hucheng.engines.papers.official import HandedOver, HandoverPaper
from hucheng.entry.handover.models import Handover, HandoverLine


def handover_form(found: Handover, lines: Sequence[HandoverLine]) -> HandoverPaper:
    """Who hands whom over to whom: of a document only its last four signs, as on the list."""
    known = organisations()
    sent = found.sent_at.astimezone(SHANGHAI)
    with translation.override("zh-hans"):
        return HandoverPaper(
            issuer=str(known.get(found.sender, found.sender)),
            receiver=str(known.get(found.receiver, found.receiver)),
            what=found.what,
            date=sent.date(),
            at=f"{sent.year}年{sent.month}月{sent.day}日 {sent:%H:%M}",
            people=tuple(_person(line) for line in lines),
        )


def _person(line: HandoverLine) -> HandedOver:
    arrival = line.arrival
    return HandedOver(
        name=arrival.person.full_name,
        document_tail=arrival.person.document_tail,
        seat=arrival.seat,
        sex=arrival.person.sex,
        flight=arrival.flight.number,
        needs="、".join(arrival.needs),
    )
