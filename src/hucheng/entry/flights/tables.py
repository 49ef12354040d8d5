"""The columns of the list of flights and of the people of one flight: the page and its exports show the same."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hucheng.core.design.spoken import spoken_time
from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import icon, pill, status
from hucheng.core.scope.actor import Actor
from hucheng.core.scope.pages import may_open
from hucheng.core.terms import Outcome
from hucheng.entry.flights.desk import Desk, Traveller
from hucheng.entry.flights.queries import FlightLine

ENDS = (Outcome.HOSPITAL, Outcome.QUARANTINE, Outcome.ONWARD, Outcome.HOLD)


def flights_table(lines: list[FlightLine]) -> Table[FlightLine]:
    """Flights with how many people end where."""
    return Table(
        "flights",
        _("Flights"),
        lines,
        [
            Column(_("Flight"), of=_flight, show=_flight_shown, link=_flight_page, nowrap=True),
            Column(_("Route"), of=_route, nowrap=True),
            Column(_("Landing"), of=_landing, show=_landing_shown, nowrap=True),
            Column(_("People"), of=lambda line: line.people, number=True),
            *(_end(outcome) for outcome in ENDS),
            Column(_("Not yet triaged"), of=lambda line: line.waiting, number=True),
        ],
        key=lambda line: line.flight.pk,
        empty=(
            _("No flight yet"),
            _("Diverted flights are announced two days ahead. Announce the first one below."),
        ),
    )


def travellers_table(desk: Desk, reader: Actor) -> Table[Traveller]:
    """The people of one flight: what the desk needs to see, no number of a document among it."""
    return Table(
        "travellers",
        _("Travellers"),
        desk.travellers,
        [
            Column(_("Seat"), of=lambda t: t.arrival.seat, nowrap=True),
            Column(_("Name"), of=lambda t: t.arrival.person.full_name, show=_name, link=_person_page),
            Column(_("Sex"), of=lambda t: t.arrival.person.sex),
            Column(_("Temperature"), of=lambda t: float(t.temperature) if t.temperature else None, number=True),
            Column(_("Test"), of=_test, nowrap=True),
            Column(_("Declaration"), of=_declared, show=partial(_declaration, reader)),
            Column(_("Outcome"), of=_outcome, show=_outcome_shown),
            Column(_("Why"), of=_why, show=_why_shown),
        ],
        key=lambda t: t.arrival.pk,
        person=lambda t: t.arrival.person_id,
        empty=(
            _("Nobody on the list yet"),
            _("The airline sends the passenger list at least three hours before landing. Upload it beside."),
        ),
    )


def _end(outcome: Outcome) -> Column[FlightLine]:
    """How many end here."""
    return Column(outcome.label, of=lambda line: getattr(line, outcome.value), number=True)


def _flight(line: FlightLine) -> str:
    return f"{line.flight.number} {line.flight.date:%Y-%m-%d}"


def _flight_shown(line: FlightLine) -> str:
    return format_html("<b>{}</b> {}", line.flight.number, f"{line.flight.date:%m-%d}")


def _flight_page(line: FlightLine) -> str:
    return reverse("entry:flight", args=[line.flight.pk])


def _route(line: FlightLine) -> str:
    return f"{line.flight.origin} → {line.flight.port} → {line.flight.destination}"


def _landing(line: FlightLine) -> datetime:
    return line.flight.landed_at or line.flight.scheduled_landing


def _landing_shown(line: FlightLine) -> str:
    return status("ok" if line.flight.landed_at else "run", spoken_time(_landing(line)))


def _name(t: Traveller) -> str:
    if t.arrival.kind != "crew":
        return t.arrival.person.full_name
    return format_html('{} <span class="tag">{}</span>', t.arrival.person.full_name, _("Crew"))


def _person_page(t: Traveller) -> str:
    return reverse("entry:arrival", args=[t.arrival.pk])


def _test(t: Traveller) -> str:
    words = {
        "negative": _("negative"),
        "positive": _("positive"),
        "pending": _("pending"),
        "invalid": _("invalid"),
    }
    return words.get(t.test, _("not taken"))


def _declared(t: Traveller) -> str:
    return _("complete") if t.declared else _("missing")


def _declaration(reader: Actor, t: Traveller) -> str:
    paper = reverse("entry:paper", args=[t.arrival.pk])
    if t.declared or not may_open(reader, paper):
        return _declared(t)
    return format_html('<a href="{}">{}</a>', paper, _declared(t))


def _outcome(t: Traveller) -> str:
    return str(Outcome(t.arrival.outcome).label) if t.arrival.outcome else _("Not yet triaged")


def _outcome_shown(t: Traveller) -> str:
    shown = pill(t.arrival.outcome or "waiting")
    if not t.holds_pass:
        return shown
    return format_html('{} {}<span class="sr">{}</span>', shown, icon("certificate", small=True), _("holds a pass"))


def _why(t: Traveller) -> str:
    return f"{t.arrival.last_triage.rule}: {t.arrival.last_triage.reason}" if t.arrival.last_triage else ""


def _why_shown(t: Traveller) -> str:
    last = t.arrival.last_triage
    if last is None:
        return "—"
    return format_html(
        '<details><summary>{}</summary><p>{}</p><p class="q t12">{} · {} {} · {}</p></details>',
        last.rule,
        last.reason,
        last.basis,
        last.table,
        last.version,
        spoken_time(last.at),
    )
