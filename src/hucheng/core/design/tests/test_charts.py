"""Charts: said in a sentence, readable as a table, drawn only from what is known."""

import json
import re

import pytest
from django.template import Context, Template

from hucheng.core.design.build import FILES, VENDOR
from hucheng.core.design.charts import Chart, Series

SENTENCE = "Rooms within four hours: lowest 88, last 96."


def a_chart(**more) -> Chart:
    shown = {
        "labels": ["03-22", "03-23", "03-24"],
        "series": [Series("Reading", [88.0, None, 96.5])],
        "unit": "%",
        "target": 95.0,
        "target_word": "Target",
    } | more
    return Chart(SENTENCE, **shown)


def drawn(chart) -> str:
    return Template("{% chart chart %}").render(Context({"chart": chart}))


def test_a_chart_is_an_image_with_a_sentence_and_a_table_that_needs_no_script():
    page = drawn(a_chart())
    assert f'role="img" aria-label="{SENTENCE}"' in page and "<details" in page and " open>" in page
    cells = re.findall(r'<th scope="row">([^<]+)</th><td class="n">([^<]+)</td>', page)
    assert cells == [("03-22", "88"), ("03-23", "—"), ("03-24", "96.5")]


def test_what_is_drawn_stands_in_an_attribute_and_not_in_a_script():
    page = drawn(a_chart())
    assert "<script" not in page and "style=" not in page
    data = re.search(r'data-chart="([^"]+)"', page)[1].replace("&quot;", '"')
    shown = json.loads(data)
    assert shown["series"][0]["values"] == [88.0, None, 96.5] and shown["target"] == {"value": 95.0, "word": "Target"}


def test_a_name_that_is_markup_stays_a_name():
    page = drawn(a_chart(series=[Series('"><script>x</script>', [1.0, 2.0, 3.0])]))
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_an_interval_stands_in_the_table_beside_its_value():
    band = Series("Risk", [1.0, 2.0, 3.0], low=[0.5, 1.0, 2.0], high=[2.0, 3.0, 4.5])
    assert "2 – 4.5" in drawn(a_chart(series=[band]))
    assert json.loads(a_chart(series=[band]).drawn())["series"][0]["high"] == [2.0, 3.0, 4.5]


def test_nothing_is_drawn_of_nothing():
    page = drawn(a_chart(labels=[], series=[Series("Reading", [])]))
    assert "data-chart=" not in page and 'class="empty"' in page
    assert a_chart(series=[Series("Reading", [None, None, None])]).empty


@pytest.mark.parametrize(
    "series",
    [Series("short", [1.0]), Series("half", [1.0, 2.0, 3.0], low=[0.0, 1.0, 2.0]), Series("b", [1, 2, 3], [1], [2])],
)
def test_a_series_that_does_not_fit_its_labels_is_refused(series):
    with pytest.raises(ValueError, match=series.name):
        a_chart(series=[series])


def test_no_target_is_not_a_target_of_nought():
    assert json.loads(a_chart(target=None).drawn())["target"] is None
    assert json.loads(a_chart(target=0.0).drawn())["target"]["value"] == 0.0


def test_a_number_that_json_cannot_hold_is_not_sent_to_a_page():
    with pytest.raises(ValueError, match="JSON"):
        a_chart(series=[Series("Reading", [float("nan"), 1.0, 2.0])]).drawn()


def test_the_scripts_of_a_chart_come_from_this_house_and_are_fetched_by_the_set_up():
    loaded = re.findall(r'src="([^"]+)"', Template("{% chart_scripts %}").render(Context()))
    assert loaded == ["/static/vendor/echarts.simple.min.js", "/static/design/js/chart.js"]
    assert VENDOR / "echarts.simple.min.js" in FILES.values()
