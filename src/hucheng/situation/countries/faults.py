"""What each fault of a row means, and what mends it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

FIELDS: "dict[str, str | Promise]" = {
    "": _("row"),
    "day": _("day"),
    "country": _("country"),
    "confirmed": _("confirmed"),
    "deaths": _("deaths"),
    "recovered": _("recovered"),
}
FAULTS: "dict[str, tuple[str | Promise, str | Promise]]" = {
    "country_unknown": (
        _("No country has this code or name."),
        _("Use the code of two or three letters (ISO 3166) or the usual name."),
    ),
    "day_unreadable": (_("This is no day of the calendar."), _("Write it as 2020-03-24.")),
    "day_too_early": (_("The day lies before the disease was known."), _("Correct the year.")),
    "day_not_over": (
        _("The day lies after the day of publication."),
        _("Correct the day, or the day of publication of the file."),
    ),
    "count_missing": (_("The number of confirmed cases is missing."), _("Fill it in; an unknown number is left out.")),
    "not_a_count": (_("This is no whole number of people."), _("Write digits only, without signs or formulas.")),
    "more_ends_than_cases": (
        _("More people died or recovered than were confirmed."),
        _("Compare with the source; the columns may be swapped."),
    ),
    "day_twice": (
        _("The country stands twice on this day, with different numbers."),
        _("Leave the right row and send the file again."),
    ),
    "cut_off": (_("The row breaks off."), _("Complete it from the original and send the file again.")),
}
