"""What every publication must say of itself."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.refusal import Refusal


def refuse_publication(source: str, published_on: date, at: datetime) -> None:
    """Refuse a publication without source or of a day to come."""
    if not source.strip():
        raise Refusal(
            "source_missing",
            why=_("The source is not named."),
            do=_("Name who published it, and where it can be read."),
        )
    if published_on > at.astimezone(SHANGHAI).date():
        raise Refusal(
            "published_to_come", why=_("The day of publication has not come yet."), do=_("Enter the day it came out.")
        )
