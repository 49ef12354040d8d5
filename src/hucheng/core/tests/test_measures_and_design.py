"""The registry of measures, the tags of the design system, and its colours."""

import re
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from hucheng.core.design.build import HERE, wanted_icons
from hucheng.core.design.kinds import KINDS
from hucheng.core.design.templatetags.design import at_time, number, spark
from hucheng.core.measures import MEASURES, Reading, measure
from hucheng.core.refusal import Refusal

AT = datetime(2020, 3, 24, 12, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"
CSS = (HERE / "static" / "design" / "css" / "tokens.css").read_text(encoding="utf-8")


def render(text, **values):
    return Template(text).render(Context(values))


def test_a_share_without_a_denominator_is_blind():
    assert Reading.share(0, 0, as_of=AT).value is None and Reading.share(1, 4, as_of=AT).value == 25


@pytest.mark.parametrize("better", ["higher", "lower", "zero", "none"])
def test_better_is_judged_by_its_direction(better):
    found = next(m for m in MEASURES.values() if m.better == better)
    low, high = found.meets(0, 10), found.meets(20, 10)
    assert (low, high) == {"higher": (False, True), "none": (True, True)}.get(better, (True, False))


def test_a_measure_must_be_in_the_catalogue_and_has_one_reader():
    with pytest.raises(KeyError):
        measure("nobody.knows.this")(lambda actor, at: Reading.count(0, as_of=at))
    with pytest.raises(ValueError):
        measure("entry.triage.triaged_2h")(lambda actor, at: Reading.count(0, as_of=at))


def test_the_board_has_twelve_measures_a_front():
    fronts = [m.front for m in MEASURES.values()]
    assert fronts.count("epidemic") == fronts.count("life") == 12 and len(MEASURES) == 107
    with translation.override("en"):
        assert MEASURES["entry.triage.triaged_2h"].name.isascii()


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "—"), (1204, "1,204"), (96.84, "96.8"), (100.0, "100"), (-3.9, "−3.9")]
)
def test_numbers_are_shown_as_people_read_them(value, shown):
    assert number(value) == shown


def test_times_are_those_of_the_city():
    assert at_time(AT) == "03-24 20:30" and at_time(None) == "—"


@pytest.mark.parametrize("kind", KINDS)
def test_a_status_has_an_icon_and_a_word(kind):
    for tag in ("status", "pill"):
        html = render(f"{{% {tag} kind %}}", kind=kind)
        assert "<svg" in html and re.sub(r"<[^>]*>", "", html).strip()
        assert KINDS[kind][0] in wanted_icons()


def test_hostile_text_is_escaped_in_every_component():
    parts = {
        "name": HOSTILE,
        "value": HOSTILE,
        "href": "#",
        "kind": "ok",
        "refusal": Refusal(HOSTILE, why=HOSTILE, do=HOSTILE),
    }
    for text in (
        "{% tile name=name value=value kind=kind href=href points=points %}",
        "{% status kind name %}",
        "{% card title=name note=name %}{{ name }}{% endcard %}",
        "{% notice kind %}{{ name }}{% endnotice %}",
        "{% refusal_card refusal %}",
        "{% empty name name href name %}",
        "{% crumb name %}",
    ):
        html = render(text, points=[1, 2], **parts)
        assert "<script>" not in html and "&lt;script&gt;" in html


@pytest.mark.parametrize("points", [[], [None], [5], [1, 2, None, 3], [7, 7, 7]])
def test_a_spark_is_drawn_of_any_readings(points):
    assert "<svg" in spark(points, 4) and "nan" not in spark(points)


def test_every_icon_of_the_templates_is_in_the_list():
    listed = set(wanted_icons())
    for path in HERE.parents[1].rglob("templates/**/*.html"):
        used = set(re.findall(r'\{% icon "([a-z0-9-]+)"', path.read_text(encoding="utf-8")))
        assert used <= listed, path


def colours(dark: bool) -> dict[str, str]:
    found = re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", CSS.split("@media print")[0])
    light, deep = dict(reversed(found)), dict(found)
    return deep if dark else light


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    line = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("front", "back"),
    [("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("accent", "surface"), ("on-accent", "accent")]
    + [(kind, "surface") for kind in ("ok", "run", "warn", "bad", "blind")]
    + [(kind, f"{kind}-soft") for kind in ("ok", "run", "warn", "bad", "blind")],
)
def test_text_stands_out_from_its_ground(front, back, dark):
    """WCAG 2.2 AA: 4.5 to 1."""
    known = colours(dark)
    one, other = sorted((luminance(known[front]), luminance(known[back])), reverse=True)
    assert (one + 0.05) / (other + 0.05) >= 4.5
