"""Components as pages use them: what is said beside what is drawn, for eyes and for ears, never colour alone."""

import json
import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.accounts.models import User
from hucheng.core.design.build import HERE, draw_sprite, wanted_icons
from hucheng.core.design.charts import Chart, Series
from hucheng.core.design.kinds import COLOUR, KINDS
from hucheng.core.design.maps import CountyTile, bounds, great_circle, path_of, xy
from hucheng.core.design.templatetags.design import lamp_bar, notice, spark, words
from hucheng.core.design.timelines import Event
from hucheng.core.refusal import Refusal
from hucheng.core.scope.pages import STAFF
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import an_actor

READINGS = st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=30)


def drawn(text: str, **values) -> str:
    return Template(text).render(Context(values))


def said(html: str) -> str:
    """What is left for a reader without pictures."""
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


class TestStates:
    @pytest.mark.parametrize("language", ["zh-hans", "en"])
    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind_says_its_usual_word_unless_another_is_given(self, kind, language):
        with override(language):
            assert said(drawn("{% status kind %}", kind=kind)) == str(KINDS[kind][1])
            assert said(drawn("{% pill kind 'Late' %}", kind=kind)) == "Late"

    @pytest.mark.parametrize("kind", KINDS)
    def test_its_colour_is_one_that_the_style_sheets_know(self, kind):
        css = "".join(path.read_text(encoding="utf-8") for path in (HERE / "static" / "design" / "css").glob("*.css"))
        colour = re.search(r'class="st (?:pill )?([a-z]+)"', drawn("{% status kind %}", kind=kind))[1]
        assert colour == COLOUR.get(kind, kind)
        assert f".{colour}" in css or colour == "run", "running is the colour of every state without one of its own"

    def test_words_of_states_tell_them_apart_in_both_languages(self):
        for language in ("zh-hans", "en"):
            with override(language):
                assert len({str(word) for _icon, word in KINDS.values()}) == len(KINDS)

    def test_a_kind_that_nobody_drew_is_a_fault_and_not_an_empty_place(self):
        with pytest.raises(KeyError):
            drawn("{% status 'fine' %}")

    def test_an_icon_is_hidden_from_the_ear_and_comes_from_this_house(self):
        html = drawn("{% icon 'moon' %}{% icon 'moon' small=True %}")
        assert html.count('aria-hidden="true"') == 2 and html.count("/static/vendor/icons.svg#moon") == 2
        assert 'class="i"' in html and 'class="i s"' in html


class TestNotices:
    @pytest.mark.parametrize(
        ("kind", "shown", "role"),
        [("error", "bad", "alert"), ("bad", "bad", "alert"), ("warning", "warn", "status"), ("success", "ok", "status"),
         ("info", "info", "status"), ("debug", "debug", "status")],
    )  # fmt: skip
    def test_messages_of_django_take_the_looks_of_the_house_and_only_a_fault_interrupts(self, kind, shown, role):
        html = notice("text", kind=kind)
        assert f'class="note {shown}" role="{role}"' in html and said(html) == "text"

    def test_a_refusal_says_why_what_to_do_what_changed_and_its_code(self):
        with override("en"):
            html = drawn("{% refusal_card no %}", no=Refusal("no_room", why="The house is full.", do="Open another."))
        assert 'role="alert"' in html
        for words_of in ("The house is full.", "Open another.", "Nothing was saved.", "no_room"):
            assert words_of in said(html)

    @pytest.mark.parametrize(("href", "act", "links"), [("", "", 0), ("/new/", "Add one", 1)])
    def test_an_empty_place_says_why_and_offers_at_most_one_act(self, href, act, links):
        html = drawn("{% empty 'Nothing yet' 'It comes with the first flight.' href act %}", href=href, act=act)
        assert html.count("<a ") == links and "Nothing yet It comes with the first flight." in said(html)

    def test_a_card_without_a_title_has_no_head_and_with_one_a_heading(self):
        assert "<header>" not in drawn("{% card %}x{% endcard %}")
        html = drawn("{% card title='T' note='N' link='/all/' link_text='All' pad=True %}x{% endcard %}")
        assert said(html) == "T N All → x" and '<div class="pad">x</div>' in html and 'href="/all/"' in html

    def test_the_last_step_of_the_way_is_where_one_is(self):
        html = drawn("{% crumb 'Kept data' '/purposes/' %}{% crumb 'HU7976' %}")
        assert '<a href="/purposes/">Kept data</a>' in html and '<li aria-current="page"><b>HU7976</b></li>' in html

    @pytest.mark.parametrize("kind", ["ok", "bad", "blind", "warn", "run"])
    def test_a_tile_says_name_value_unit_state_target_and_time(self, kind):
        html = drawn(
            "{% tile name='Rooms' value='96.8' unit='%' kind=kind word='W' target='≥ 95' points=points goal=95 "
            "href='/rooms/' open_text='Open' as_of='03-24 20:30' %}", kind=kind, points=[94.0, None, 96.8],
        )  # fmt: skip
        assert said(html) == "Rooms 96.8 % W ≥ 95 Open → 03-24 20:30"
        assert html.startswith(f'<a class="tile {kind}" href="/rooms/">') and '<line class="tg"' in html

    def test_a_tile_without_a_target_draws_none(self):
        html = drawn("{% tile name='N' value='—' kind='blind' href='#' points=points %}", points=[])
        assert '<line class="tg"' not in html and 'points=""' in html

    @given(st.text(alphabet="ab \t\n", max_size=12))
    def test_words_of_a_list_in_a_template(self, text):
        assert words(text) == text.split()


class TestSparks:
    def points_of(self, html: str) -> list[tuple[float, float]]:
        pairs = re.search(r'points="([^"]*)"', html)[1].split()
        return [tuple(map(float, pair.split(","))) for pair in pairs]

    @given(READINGS, st.one_of(st.none(), st.floats(-1e6, 1e6)))
    def test_a_line_has_a_point_for_each_reading_and_stays_within_its_frame(self, readings, goal):
        html = spark(readings, goal)
        points = self.points_of(html)
        assert len(points) == sum(one is not None for one in readings)
        assert all(0 <= x <= 200 and 0 <= y <= 34 for x, y in points)
        assert [x for x, _y in points] == sorted(x for x, _y in points)
        assert ('class="tg"' in html) == (goal is not None)

    @given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=30))
    def test_a_higher_reading_never_stands_lower(self, readings):
        heights = [y for _x, y in self.points_of(spark(readings))]
        by_reading = [height for _reading, height in sorted(zip(readings, heights, strict=True), reverse=True)]
        assert by_reading == sorted(by_reading), "the sheet counts from the top"

    def test_nothing_at_all_draws_an_empty_line(self):
        assert self.points_of(spark(None)) == self.points_of(spark([])) == []

    @given(st.dictionaries(st.sampled_from(["ok", "run", "warn", "bad", "blind"]), st.integers(0, 500)))
    def test_a_bar_of_shares_is_filled_without_gap_or_overlap(self, shares):
        parts = [tuple(map(int, part)) for part in re.findall(r' x="(\d+)" width="(\d+)"', lamp_bar(**shares))]
        end = 0
        for start, width in parts:
            assert start == end and width > 0
            end = start + width
        assert end == sum(shares.values()) and len(parts) == sum(share > 0 for share in shares.values())


class Asking(forms.Form):
    """A form with every kind of control that the house uses."""

    name = forms.CharField(help_text="As in the passport")
    note = forms.CharField(required=False)
    agree = forms.BooleanField(required=False, label="Agreed")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class TestForms:
    def html(self, data=None) -> str:
        with override("en"):
            return drawn("{% form_fields form %}", form=Asking(data))

    def test_every_control_has_its_label_and_what_is_optional_says_so(self):
        html = self.html()
        for field in ("name", "note", "agree"):
            assert f'for="id_{field}"' in html and f'id="id_{field}"' in html
        assert html.count("(optional)") == 1 and '<input type="hidden" name="hidden"' in html
        assert 'role="alert"' not in html

    def test_a_hint_is_read_with_its_control(self):
        assert (
            'aria-describedby="id_name_hint"' in self.html() and 'id="id_name_hint">As in the passport' in self.html()
        )

    def test_what_is_wrong_stands_above_with_a_link_and_beside_the_control_which_keeps_its_value(self):
        html = self.html({"name": "", "note": "kept words"})
        assert 'role="alert"' in html and '<a href="#id_name">Name</a>: This field is required.' in html
        assert 'id="id_name_error"' in html and 'aria-describedby="id_name_hint id_name_error"' in html
        assert 'value="kept words"' in html and html.count("This field is required.") == 2

    @pytest.mark.parametrize(("number", "links"), [(1, ["page=2"]), (2, ["page=1", "page=3"]), (3, ["page=2"])])
    def test_the_way_through_a_long_list_keeps_its_filters(self, number, links):
        request = RequestFactory().get("/", {"q": "a b", "page": number})
        with override("en"):
            html = drawn("{% pager page %}", page=Paginator(range(25), 10).get_page(number), request=request)
        assert re.findall(r'href="\?([^"]*)"', unescape(html)) == [f"q=a+b&{link}" for link in links]
        assert f"25 rows, page {number} of 3" in said(html)


class TestDrawings:
    @given(st.integers(1, 12), st.data())
    def test_the_table_of_a_chart_holds_what_is_drawn(self, size, data):
        column = st.lists(st.one_of(st.none(), st.floats(-1e4, 1e4)), min_size=size, max_size=size)
        labels = [f"d{n}" for n in range(size)]
        band = Series("Band", data.draw(column), low=data.draw(column), high=data.draw(column))
        chart = Chart("s", labels, [Series("Line", data.draw(column)), band])
        shown = json.loads(chart.drawn())
        assert shown["labels"] == labels == [label for label, _values in chart.rows()]
        for n, series in enumerate(shown["series"]):
            assert series["values"] == [values[n][0] for _label, values in chart.rows()]
        assert shown["series"][1]["low"] == [values[1][1] for _label, values in chart.rows()]
        assert chart.empty == all(value is None for one in chart.series for value in one.values)

    def test_two_series_stand_side_by_side_with_their_unit(self):
        html = drawn("{% chart chart %}", chart=Chart("S.", ["a"], [Series("X", [1]), Series("Y", [2])], unit="h"))
        assert "X (h)" in said(html) and "Y (h)" in said(html)
        assert re.findall(r'<td class="n">([^<]+)</td>', html) == ["1", "2"]

    @pytest.mark.parametrize("kind", ["", "ok"])
    def test_a_county_without_rows_behind_it_is_no_link(self, kind):
        html = drawn(
            "{% county_tiles tiles 'L' %}", tiles=[CountyTile("140105", "小店区", "3", kind, "W" if kind else "")]
        )
        assert "<a " not in html and said(html) == ("小店区 3 W" if kind else "小店区 3")

    def test_a_map_names_its_points_and_is_told_as_one_picture(self, settings, tmp_path):
        settings.HOME = tmp_path
        html = drawn("{% geo_map 'Routes' points %}", points=[("太原 <b>", (112.6, 37.7)), ("Toronto", (-79.6, 43.7))])
        assert 'role="img" aria-label="Routes"' in html and "<title>太原 &lt;b&gt;</title>" in html
        assert html.count("<circle") == 2 and "<path" not in html

    @given(st.floats(-180, 180), st.floats(-90, 90))
    def test_one_point_alone_stands_in_the_middle_of_its_view(self, longitude, latitude):
        left, top, width, height = map(float, bounds([(longitude, latitude)]).split())
        x, y = xy((longitude, latitude))
        assert abs(left + width / 2 - x) < 0.02 and abs(top + height / 2 - y) < 0.02 and width == 16

    def test_without_points_the_whole_sheet_is_shown(self):
        assert bounds([]) == "0 0 360 180"

    @given(st.floats(-179, 179), st.floats(-80, 80))
    def test_the_way_from_a_place_to_itself_is_that_place(self, longitude, latitude):
        (line,) = great_circle((longitude, latitude), (longitude, latitude))
        assert all(abs(x - longitude) < 1e-6 and abs(y - latitude) < 1e-6 for x, y in line)

    def test_a_way_over_the_date_line_is_cut_and_not_drawn_across_the_sheet(self):
        first, second = great_circle((170.0, 10.0), (-170.0, 10.0))
        assert first[-1][0] > 170 and second[0][0] < -170 and path_of([first, second]).count("M") == 2

    @pytest.mark.parametrize("kind", ["", "bad"])
    def test_a_story_tells_time_deed_hand_and_what_stood_before(self, kind):
        event = Event(
            datetime(2020, 3, 24, 16, 5, tzinfo=UTC), "Edited", by="He", before="old", detail="why", kind=kind
        )
        html = drawn("{% timeline events %}", events=[event])
        assert said(html) == " ".join(filter(None, ["03-25 00:05", kind and str(KINDS[kind][1]), "Edited He old why"]))
        assert "<del" in html and 'class="now"' not in html


class TestSprite:
    def test_one_symbol_an_icon_in_the_order_of_the_list_without_colours_of_its_own(self, tmp_path):
        for name in ("one", "two"):
            (tmp_path / f"{name}.svg").write_text(f'<svg width="24"\n>\n <path d="{name}"/>\n</svg>')
        sprite = draw_sprite(tmp_path, ["two", "one"])
        assert re.findall(r'<symbol id="(\w+)"', sprite) == ["two", "one"] and sprite.count("currentColor") == 2
        assert '<path d="one"/></symbol>' in sprite

    def test_an_icon_that_is_not_in_the_set_is_named(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="nowhere"):
            draw_sprite(tmp_path, ["nowhere"])
        (tmp_path / "empty.svg").write_text("no drawing")
        with pytest.raises(ValueError, match=r"empty\.svg holds no drawing"):
            draw_sprite(tmp_path, ["empty"])

    def test_the_list_of_icons_is_in_order_and_names_none_twice(self):
        assert wanted_icons() == sorted(set(wanted_icons()))

    def test_the_sprite_that_was_fetched_holds_every_icon_of_the_list(self):
        sprite = Path(HERE / "static" / "vendor" / "icons.svg")
        if not sprite.exists():
            pytest.skip("the front-end packages are not here: run script/setup")
        assert re.findall(r'<symbol id="([^"]+)"', sprite.read_text(encoding="utf-8")) == wanted_icons()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM])
def test_the_sheet_of_components_shows_every_state_to_staff_alone(client, role):
    actor = an_actor(role, unit="U1" if role in UNIT_ROLES else "")
    client.force_login(User.objects.get(pk=actor.user_id))
    client.cookies["django_language"] = "en"
    page = client.get(reverse("component_sheet"))
    assert page.status_code == (200 if role in STAFF else 404)
    with override("en"):
        assert role not in STAFF or all(str(word) in page.content.decode() for _icon, word in KINDS.values())
