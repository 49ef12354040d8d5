"""The words of the house that every wing shares. One thing, one word."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do; where is said by the grant's place and unit."""

    LEADING_GROUP = "leading_group", _("Leading group")
    COMMAND_OFFICE = "command_office", _("Command office")
    ENTRY = "entry", _("Entry task force")
    MEDICAL = "medical", _("Medical group")
    LABORATORY = "laboratory", _("Laboratory")
    COUNTY = "county", _("County clerk")
    QUARANTINE = "quarantine", _("Quarantine operations")
    HOUSE = "house", _("Quarantine house")
    SCHOOL = "school", _("School")
    DEPARTMENT = "department", _("Department")
    RECEIVER = "receiver", _("Receiving authority")
    TRAVELLER = "traveller", _("Traveller")
    SYSTEM = "system", _("System")


UNIT_ROLES = frozenset({Role.HOUSE, Role.SCHOOL, Role.TRAVELLER})
"""Roles bound to one unit (a house, a school, one's own arrival): they see no row of another unit."""


class Outcome(models.TextChoices):
    """What a triage ends in."""

    HOSPITAL = "hospital", _("Hospital")
    QUARANTINE = "quarantine", _("Central quarantine")
    ONWARD = "onward", _("Onward")
    HOLD = "hold", _("Held")
    REFUSED = "refused", _("Entry refused")


class Risk(models.TextChoices):
    """Follows from the last outcome and its reasons; never typed in."""

    UNKNOWN = "unknown", _("Not yet judged")
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Destination(models.TextChoices):
    """Where a traveller goes next."""

    CAPITAL = "capital", _("Beijing")
    CITY = "city", _("This city")
    PROVINCE = "province", _("Elsewhere in the province")
    ELSEWHERE = "elsewhere", _("Another province or country")


class Theme(models.TextChoices):
    """The six themes of a directive; the first two guard the city, the rest its life."""

    CAPITAL_MOAT = "capital_moat", _("Moat of the capital")
    IMPORT_LINE = "import_line", _("Line against import")
    SCHOOLS = "schools", _("Schools")
    ECONOMY = "economy", _("Economy")
    STABILITY = "stability", _("Order and safety")
    GENERAL = "general", _("General")
