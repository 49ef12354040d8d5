"""Both languages whole: a missing or broken translation is red (NEW-35)."""

import re

import pytest

from tests.messages import SOURCE, catalogue, wanted

WANTED = sorted(wanted().items())
PLACES = re.compile(r"%\((\w+)\)[sd]")


@pytest.mark.parametrize(("home", "messages"), WANTED, ids=lambda v: v.name if hasattr(v, "name") else "")
def test_every_message_has_its_chinese(home, messages):
    known = catalogue(home)
    missing = [message[0] for message in messages if not known.get(message[0])]
    assert not missing, f"{home.relative_to(SOURCE)}: {missing}"


@pytest.mark.parametrize(("home", "messages"), WANTED, ids=lambda v: v.name if hasattr(v, "name") else "")
def test_places_to_fill_agree(home, messages):
    for english, chinese in catalogue(home).items():
        told = chinese[0] if isinstance(chinese, tuple) else chinese
        assert set(PLACES.findall(told)) == set(PLACES.findall(english)) or "%(count)s" in told, english


def test_a_message_has_one_chinese_in_the_whole_house():
    """All catalogues are one at run time: of two translations of the same words one would win everywhere."""
    told: dict[str, dict[object, str]] = {}
    for home, _messages in WANTED:
        for english, chinese in catalogue(home).items():
            told.setdefault(english, {})[chinese if isinstance(chinese, str) else chinese[0]] = home.name
    assert not {english: found for english, found in told.items() if len(found) > 1}


def test_the_gate_sees_what_is_missing(tmp_path):
    from tests.messages import in_python, in_template

    assert in_python('_("one"); gettext("two"); other("three")') == {("one",), ("two",)}
    text = '{% card title=_("a") %}{% translate "b" %}{% blocktranslate %}{{ n }} c{% plural %}d{% endblocktranslate %}'
    assert in_template(text + "{% endcard %}") == {("a",), ("b",), ("%(n)s c", "d")}


def test_measures_and_places_have_both_names():
    from hucheng.core.measures import MEASURES
    from hucheng.core.places.actions import shipped

    for measure in MEASURES.values():
        assert measure.name_zh and measure.name_en and measure.sentence_zh and measure.sentence_en
    for row in [*shipped("places.csv"), *shipped("organisations.csv")]:
        assert row["name_zh"] and row["name_en"], row
