"""Cities and their short names."""

import pytest

from hucheng.engines.words.cities import cities_named, places_by_short_name, provinces_by_city, short_names


def test_the_table_holds_the_cities_once():
    cities = provinces_by_city()
    assert len(cities) > 300
    assert cities["太原"] == "山西省"
    assert all(not name.endswith("市") for name in cities)


def test_cities_are_counted_with_and_without_their_rank():
    assert cities_named("太原市与太原、邢台日报") == {"太原": 2, "邢台": 1}


def test_a_short_name_counts_only_behind_a_verb_of_movement():
    assert places_by_short_name("坚决防止高风险人员离并进京") == {"太原": 1, "北京": 1}
    assert not places_by_short_name("并将检测信息纳入,人防技防并举,青年志愿者")


@pytest.mark.parametrize(("short", "place"), [("并", "太原"), ("淮", "淮安"), ("汉", "武汉"), ("京", "北京")])
def test_short_names(short, place):
    assert short_names()[short] == place


def test_every_short_name_is_one_character():
    assert all(len(short) == 1 for short in short_names())
