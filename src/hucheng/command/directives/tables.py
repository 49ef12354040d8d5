"""The columns of the directives in force."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hucheng.command.directives.queries import PublishedLine
from hucheng.core.design.tables import Column, Table
from hucheng.core.design.templatetags.design import status
from hucheng.core.terms import Theme


def directives_table(themes: Iterable[tuple[Theme, list[PublishedLine]]]) -> Table[PublishedLine]:
    """Directives by theme, worst first."""
    return Table(
        "directives",
        _("Directives in force"),
        [line for _theme, lines in themes for line in lines],
        [
            Column(_("Directive"), of=lambda line: line.directive.text, show=_text),
            Column(_("Source meeting"), of=lambda line: line.directive.source, nowrap=True),
            Column(_("Lead"), of=lambda line: str(line.directive.lead or "")),
            Column(_("Deadline"), of=lambda line: line.directive.due, nowrap=True),
            Column(_("Now"), of=_now, number=True, nowrap=True),
            Column(_("State"), of=_state, show=_state_shown),
        ],
        key=lambda line: line.directive.pk,
        group=Column(_("Theme"), of=lambda line: line.directive.get_theme_display()),
        empty=(
            _("Nothing is published yet"),
            _("Directives appear here once the office has confirmed and published them."),
        ),
    )


def _text(line: PublishedLine) -> str:
    address = reverse("command:directive", args=[line.directive.pk])
    return format_html('<a href="{}">{}</a>', address, line.directive.text)


def _now(line: PublishedLine) -> float | None:
    return line.line.reading.value if line.line and line.line.reading else None


def _state(line: PublishedLine) -> str:
    return line.standing.word if line.standing is not None else _("No owner yet")


def _state_shown(line: PublishedLine) -> str:
    return status(line.standing.kind) if line.standing is not None else status("warn", _("No owner yet"))
