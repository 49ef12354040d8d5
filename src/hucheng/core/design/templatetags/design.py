"""The components as template tags; every page is made of these. `docs/recipes` shows them in use."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hucheng.core.design.charts import Chart
from hucheng.core.design.checks import layer_folder
from hucheng.core.design.kinds import COLOUR, KINDS
from hucheng.core.design.maps import CountyTile, Point, bounds, great_circle, layers_in, path_of, xy
from hucheng.core.design.spoken import spoken_number, spoken_time
from hucheng.core.design.tables import Table, blocks_of, export_address
from hucheng.core.design.timelines import Event
from hucheng.core.scope.pages import may_open

register = template.Library()
_WIDTH, _HEIGHT, _MARGIN = 200.0, 34.0, 4.0


@register.filter
def words(text: str) -> list[str]:
    """Split a text at its spaces."""
    return text.split()


@register.filter
def first_places(nav: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first four places of the rail, for the bar at the bottom of a phone."""
    return [item for section in nav or [] for item in section["items"]][:4]


number = register.filter("number", spoken_number)
at_time = register.filter("at_time", spoken_time)
register.filter("may_open", may_open)


@register.simple_tag
def icon(name: str, small: bool = False) -> SafeString:
    """One icon of the sprite; it never stands without a word."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        "i s" if small else "i",
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def status(kind: str, word: str = "") -> SafeString:
    """A status in a line: icon and word."""
    name, usual = KINDS[kind]
    return format_html('<span class="st {}">{}{}</span>', COLOUR.get(kind, kind), icon(name), word or usual)


@register.simple_tag
def pill(kind: str, word: str = "") -> SafeString:
    """A stronger status, one a row."""
    name, usual = KINDS[kind]
    colour = COLOUR.get(kind, kind)
    return format_html('<span class="st pill {}">{}{}</span>', colour, icon(name), word or usual)


@register.simple_tag(takes_context=True)
def crumb(context: Context, text: str, url: str = "") -> SafeString:
    """One step of the way; the last has no address, and a step that is closed to this reader is named only."""
    if url and not may_open(getattr(context.get("request"), "actor", None), url):
        return format_html("<li>{}</li>", text)
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, text)
    return format_html('<li aria-current="page"><b>{}</b></li>', text)


@register.simple_tag
def spark(points: Sequence[float | None], goal: float | None = None) -> SafeString:
    """A line of readings with the target dashed; it stands beside figures, never alone."""
    known = [point for point in points or [] if point is not None]
    drawn = [*known, goal] if goal is not None else known
    low, high = (min(drawn), max(drawn)) if drawn else (0.0, 1.0)
    span = (high - low) or 1.0

    def height(value: float) -> str:
        return f"{_HEIGHT - _MARGIN - (value - low) / span * (_HEIGHT - 2 * _MARGIN):.1f}"

    step = (_WIDTH - 4) / max(len(known) - 1, 1)
    line = " ".join(f"{2 + place * step:.1f},{height(value)}" for place, value in enumerate(known))
    target = (
        format_html('<line class="tg" x1="0" x2="200" y1="{0}" y2="{0}"/>', height(goal)) if goal is not None else ""
    )
    return format_html(
        '<svg class="sp" viewBox="0 0 200 34" preserveAspectRatio="none" aria-hidden="true">{}'
        '<polyline class="ln" points="{}"/></svg>',
        target,
        line,
    )


@register.simple_tag
def lamp_bar(**shares: int) -> SafeString:
    """A bar of shares by kind, in the order given; the numbers stand beside it."""
    total = sum(shares.values()) or 1
    starts = [sum(list(shares.values())[:place]) for place in range(len(shares))]
    parts = format_html_join(
        "",
        '<rect class="f-{}" x="{}" width="{}" height="10"/>',
        ((kind, start, share) for (kind, share), start in zip(shares.items(), starts, strict=True) if share),
    )
    return format_html(
        '<svg class="lampbar" viewBox="0 0 {0} 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="f-hover" width="{0}" height="10"/>{1}</svg>',
        total,
        parts,
    )


@register.inclusion_tag("design/parts/tile.html")
def tile(**parts: Any) -> dict[str, Any]:
    """A measure: name, value, unit, kind, word, target, points, goal, href, open_text, as_of."""
    return {"goal": None, **parts}


@register.inclusion_tag("design/parts/refusal.html")
def refusal_card(refusal: object) -> dict[str, object]:
    """A refusal: what, why, what can be done, what was not changed."""
    return {"refusal": refusal}


@register.inclusion_tag("design/parts/empty.html")
def empty(title: str, text: str, href: str = "", act: str = "") -> dict[str, str]:
    """An empty place: what belongs here, why there is none, one act."""
    return {"title": title, "text": text, "href": href, "act": act}


@register.inclusion_tag("design/parts/field.html")
def field(field: BoundField) -> dict[str, object]:
    """One field of a form: label, control, hint, error."""
    classes = "in bad" if field.errors else "in"
    described = [f"{field.auto_id}_hint"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    attributes: dict[str, str | bool] = {"class": classes}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    return {"field": field, "control": field.as_widget(attrs=attributes)}


@register.inclusion_tag("design/parts/form_fields.html")
def form_fields(form: object) -> dict[str, object]:
    """All fields of a form, with what is wrong listed above and linked."""
    return {"form": form}


@register.inclusion_tag("design/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: object) -> dict[str, object]:
    """The way through a long list; filters in the address stay."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "query": f"{query.urlencode()}&" if query else ""}


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """A notice: a fact and a next step."""
    kind = {"error": "bad", "warning": "warn", "success": "ok"}.get(kind, kind)
    role = "alert" if kind == "bad" else "status"
    name = KINDS.get(kind, KINDS["info"])[0]
    return format_html('<div class="note {}" role="{}">{}<div>{}</div></div>', kind, role, icon(name), content)


@register.simple_block_tag
def card(
    content: str, title: str = "", note: str = "", link: str = "", link_text: str = "", pad: bool = False
) -> SafeString:
    """A card with a head; `pad` sets its content off the edges (tables go to the edge)."""
    end = format_html('<a class="end" href="{}">{} →</a>', link, link_text) if link else ""
    aside = format_html('<span class="q t13">{}</span>', note) if note else ""
    head = format_html("<header><h2>{}</h2>{}{}</header>", title, aside, end) if title else ""
    body = format_html('<div class="pad">{}</div>', content) if pad else content
    return format_html('<section class="card">{}{}</section>', head, body)


@register.inclusion_tag("design/parts/data_table.html", takes_context=True)
def data_table(context: template.Context, table: Table[Any]) -> dict[str, object]:
    """A table with its head, filter box, sortable columns and exports; the page's view answers `export_asked`."""
    request = context["request"]

    def fragment(name: str, row: object) -> str:
        shown = get_template(name).render({**shared, "row": row}, request)
        return SafeString(shown.strip())  # noqa: S308 - a template has escaped it; taking space off makes plain text of it

    shared: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return {
        "table": table,
        "blocks": blocks_of(table, fragment),
        "csv": export_address(request, table, "csv"),
        "xlsx": export_address(request, table, "xlsx"),
    }


@register.inclusion_tag("design/parts/chart.html")
def chart(chart: Chart) -> dict[str, object]:
    """A chart with its sentence and its table; the page's `js` block holds `{% chart_scripts %}`."""
    return {"chart": chart}


@register.simple_tag
def chart_scripts() -> SafeString:
    """What a page with charts loads, from this house."""
    names = ("vendor/echarts.simple.min.js", "design/js/chart.js")
    return format_html_join("", '<script src="{}" defer></script>', ((static(name),) for name in names))


@register.inclusion_tag("design/parts/county_tiles.html")
def county_tiles(tiles: Sequence[CountyTile], label: str) -> dict[str, object]:
    """The counties in their fixed grid, each with a value and how it stands."""
    return {"tiles": tiles, "label": label}


@register.inclusion_tag("design/parts/geo_map.html")
def geo_map(
    label: str, points: Sequence[tuple[str, Point]] = (), routes: Sequence[tuple[Point, Point]] = ()
) -> dict[str, object]:
    """Named points and the great circles of routes; borders only from layers that the deployer has put in."""
    ends = [*(place for _name, place in points), *(end for route in routes for end in route)]
    box = bounds(ends)
    return {
        "label": label,
        "box": box,
        "layers": layers_in(layer_folder()),
        "ways": [path_of(great_circle(start, end)) for start, end in routes],
        "points": [(*(f"{at:.3f}" for at in xy(place)), name) for name, place in points],
        "r": f"{float(box.split()[2]) / 120:.2f}",
    }


@register.inclusion_tag("design/parts/timeline.html")
def timeline(events: Sequence[Event]) -> dict[str, object]:
    """What happened when, in order; the one marked `now` is where things stand."""
    return {"events": events}
