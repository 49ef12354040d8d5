"""What can be wrong with a value: a fact and a remedy for each, shown on pages, in lists and by the API."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEMS: dict[str, tuple[Promise, Promise]] = {
    "unknown_series": (_("No series has this code."), _("Take a code of the table of indicators.")),
    "no_such_period": (
        _("This is no period of the series."),
        _("Write a month as 2020M02 or a quarter as 2020Q1, as the series is published."),
    ),
    "not_a_number": (_("The value is not a number."), _("Write digits with a point, such as -2.9.")),
    "too_large": (
        _("The value has more than eleven digits before its point."),
        _("Give it in the unit of the series."),
    ),
    "impossible_value": (
        _("A fall of more than 100 % is impossible."),
        _("Look the value up in its source again."),
    ),
    "no_such_day": (_("The day of publication is no day."), _("Write it as 2020-03-20.")),
    "published_too_early": (
        _("The value would be published before its period is over."),
        _("Check the period and the day of publication."),
    ),
    "published_to_come": (_("The day of publication has not come yet."), _("Send the value once it is published.")),
    "no_reason": (
        _("The period has a value already, and no reason is given for another."),
        _("Say in the column reason why it was revised."),
    ),
    "older_than_known": (
        _("A value published later is known already."),
        _("Send vintages in the order of their publication."),
    ),
    "two_values_a_day": (
        _("Another value of this period was published on the same day."),
        _("Leave the right one, or give the day of the revision."),
    ),
    "cut_off": (_("The row is cut off or its quotation mark stays open."), _("Send the whole file again.")),
}
