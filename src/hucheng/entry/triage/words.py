"""Conditions of a decision table in the reader's words; what a city adds of its own is shown by its own name."""

from django.utils.translation import gettext_lazy as _

from hucheng.engines.rules.cells import write_cell
from hucheng.engines.rules.inputs import Input

FIELDS = {
    "temp_c": _("temperature, °C"),
    "symptoms": _("symptoms"),
    "contact_14d": _("contact with a case within 14 days"),
    "rows_from_case": _("rows from a case"),
    "companion_of_case": _("travels with a case"),
    "crew_of_zone": _("crew who served a case"),
    "seat_unknown_with_case": _("seat unknown, a case aboard"),
    "whole_cabin_contacts": _("whole cabin counts as contacts"),
    "test": _("latest test"),
    "case_status": _("finding of the hospital"),
    "declaration_complete": _("declaration complete"),
    "destination": _("travels on to"),
    "foreigner_suspended": _("visa of a suspended class"),
    "order_needs_place": _("order: only with a confirmed place"),
    "place_confirmed": _("place confirmed"),
    "order_waits_for_flight": _("order: wait for the whole flight"),
    "flight_results_complete": _("all results of the flight are in"),
}
VALUES = {
    "null": _("not measured"),
    "not(null)": _("measured"),
    "some": _("at least one"),
    "true": _("yes"),
    "false": _("no"),
    "not_done": _("not taken"),
    "pending": _("awaited"),
    "invalid": _("test invalid"),
    "negative": _("test negative"),
    "positive": _("test positive"),
    "suspected": _("suspected case"),
    "confirmed": _("confirmed case"),
    "asymptomatic": _("infected without symptoms"),
    "cleared": _("ruled out"),
    "Beijing": _("Beijing"),
    "Taiyuan": _("Taiyuan"),
    "other": _("elsewhere"),
}
NONE = {"list": _("none listed"), "choice": _("no finding")}
"""What `none` means for a list and for a choice."""


def condition_in_words(given: Input, written: object) -> str:
    """One condition as a clerk would say it: `temperature, °C: ≥ 37.3`."""
    cell = write_cell(given, written, feel=False)
    words = ", ".join(str(_value(given, part)) for part in cell.split(", "))
    return f"{FIELDS.get(given.name, given.name)}: {words}"


def _value(given: Input, part: str) -> object:
    if part == "none" and given.kind in NONE:
        return NONE[given.kind]
    return VALUES.get(part, part.replace(">=", "≥").replace("<=", "≤"))
