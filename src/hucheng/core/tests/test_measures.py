"""The catalogue of measures: whole, in both languages, with targets in the right direction; blind is never met."""

import math

import pytest
from django.conf import settings
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.measures import MEASURES, Reading, measure, read, registry
from hucheng.core.measures.registry import UNITS_ZH, Measure, readable
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, after

COUNTS = st.integers(0, 10_000)
VALUES = st.floats(-1000, 1000)
ALL = sorted(MEASURES.values(), key=lambda one: one.id)
IDS = {"ids": lambda one: one.id}


def a_measure(better="higher", unit="%", **fields) -> Measure:
    given_fields = {
        "id": "entry.test.share", "name_zh": "名", "name_en": "Name", "sentence_zh": "句", "sentence_en": "Sentence",
        "target": None, "target_ground": "", "front": "", "freshness": "5 min",
    }  # fmt: skip
    return Measure(**(given_fields | {"better": better, "unit": unit} | fields))


class TestReadings:
    @given(COUNTS, COUNTS)
    def test_a_share_lies_between_none_and_all_and_keeps_what_it_was_made_of(self, part, rest):
        reading = Reading.share(part, part + rest, as_of=after(0), rows_url="/rows/")
        assert (reading.numerator, reading.denominator, reading.rows_url) == (part, part + rest, "/rows/")
        if part + rest == 0:
            assert reading.value is None
        else:
            assert 0 <= reading.value <= 100 and math.isclose(reading.value * (part + rest), 100 * part, abs_tol=1e-6)

    @given(COUNTS)
    def test_one_more_that_is_met_never_lowers_a_share(self, total):
        shares = [Reading.share(part, total, as_of=after(0)).value for part in range(min(total, 30) + 1)]
        assert all(one is None for one in shares) or shares == sorted(shares)

    @pytest.mark.parametrize("number", [0, 5, 2.5])
    def test_a_count_of_nothing_is_a_number_and_not_blind(self, number):
        reading = Reading.count(number, as_of=after(0))
        assert reading.value == float(number) and isinstance(reading.value, float) and reading.denominator is None

    def test_a_reading_says_when(self):
        assert Reading.count(1, as_of=after(7)).as_of == after(7) == Reading.share(1, 2, as_of=after(7)).as_of

    def test_a_reading_cannot_be_mended_afterwards(self):
        with pytest.raises(AttributeError):
            Reading.count(1, as_of=after(0)).value = 2.0


class TestTargets:
    @given(VALUES, VALUES)
    def test_exactly_at_the_target_is_good_enough_both_ways(self, value, target):
        higher, lower = a_measure("higher"), a_measure("lower")
        assert higher.meets(value, target) == (value >= target)
        assert lower.meets(value, target) == (value <= target)
        assert higher.meets(target, target) and lower.meets(target, target)
        assert higher.meets(value, target) or lower.meets(value, target)

    @given(VALUES, VALUES)
    def test_a_figure_of_context_or_without_a_target_is_never_missed(self, value, target):
        assert a_measure("none").meets(value, target) and a_measure("higher").meets(value, None)

    @given(VALUES, VALUES, st.floats(0, 100))
    def test_getting_better_never_loses_a_target_that_was_met(self, value, target, more):
        if a_measure("higher").meets(value, target):
            assert a_measure("higher").meets(value + more, target)
        if a_measure("lower").meets(value, target):
            assert a_measure("lower").meets(value - more, target)


class TestRegistry:
    @pytest.fixture(autouse=True)
    def own_readers(self, monkeypatch):
        monkeypatch.setattr(registry, "_readers", {})

    def test_a_reader_is_asked_for_whom_and_when(self):
        @measure("entry.triage.triaged_2h")
        def reader(actor, at):
            return Reading.count(1 if actor.place == COUNTY else 2, as_of=at)

        county = read("entry.triage.triaged_2h", Actor(None, COUNTY, Role.COUNTY), after(5))
        city = read("entry.triage.triaged_2h", Actor(None, CITY, Role.LEADING_GROUP), after(9))
        assert (county.value, county.as_of, city.value, city.as_of) == (1, after(5), 2, after(9))
        assert reader(SYSTEM, after(0)).value == 2, "the function stays itself"

    def test_without_a_reader_there_is_no_reading_at_all(self):
        assert read("entry.triage.triaged_2h", SYSTEM, after(0)) is None
        assert read("nobody.knows.this", SYSTEM, after(0)) is None

    def test_what_somebody_answers_for_is_listed(self):
        assert readable() == frozenset()
        measure("entry.triage.triaged_2h")(lambda actor, at: None)
        assert readable() == {"entry.triage.triaged_2h"}

    def test_a_second_reader_does_not_take_the_place_of_the_first(self):
        measure("entry.triage.triaged_2h")(lambda actor, at: Reading.count(1, as_of=at))
        with pytest.raises(ValueError, match="has a reader already"):
            measure("entry.triage.triaged_2h")(lambda actor, at: Reading.count(2, as_of=at))
        assert read("entry.triage.triaged_2h", SYSTEM, after(0)).value == 1


class TestCatalogue:
    @pytest.mark.parametrize("one", ALL, **IDS)
    def test_a_line_is_whole(self, one):
        wing, room, name = one.id.split(".")
        assert one.wing == wing in settings.WINGS and room and name
        assert one.better in ("higher", "lower", "zero", "none") and one.unit and one.freshness
        assert one.front in ("epidemic", "life", "")

    @pytest.mark.parametrize("one", ALL, **IDS)
    def test_a_target_has_its_ground_and_lies_where_its_unit_can_be(self, one):
        assert one.target is None or one.target_ground
        assert one.better != "zero" or one.target == 0
        assert one.unit != "%" or one.target is None or 0 <= one.target <= 100

    @pytest.mark.parametrize("one", ALL, **IDS)
    def test_name_sentence_and_unit_follow_the_language(self, one):
        with override("zh-hans"):
            chinese = one.name, one.sentence, one.unit_name
        with override("en"):
            english = one.name, one.sentence, one.unit_name
        assert chinese[:2] == (one.name_zh, one.sentence_zh) and english == (one.name_en, one.sentence_en, one.unit)
        assert not any("\u4e00" <= sign <= "\u9fff" for text in english for sign in text)
        assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese[0])
        assert one.unit in UNITS_ZH or chinese[2] == one.unit

    def test_units_of_words_have_their_chinese_and_none_is_translated_in_vain(self):
        spelled = {one.unit for one in ALL if one.unit.isascii() and one.unit.isalpha()}
        assert spelled <= set(UNITS_ZH)
        assert set(UNITS_ZH) <= {one.unit for one in ALL}

    def test_names_tell_measures_apart_in_both_languages(self):
        for names in ([one.name_zh for one in ALL], [one.name_en for one in ALL], [one.id for one in ALL]):
            assert len(set(names)) == len(names)

    def test_nobody_changes_the_catalogue_at_run_time(self):
        with pytest.raises(TypeError):
            MEASURES["x.y.z"] = a_measure()


@pytest.mark.django_db
@pytest.mark.parametrize("measure_id", sorted(readable()))
def test_in_an_empty_city_no_share_is_above_nought(measure_id):
    """Nobody has landed, nothing was ordered: there is nothing to be proud of."""
    reading = read(measure_id, Actor(None, CITY, Role.LEADING_GROUP), after(0))
    assert reading is None or MEASURES[measure_id].unit != "%" or reading.value in (None, 0)
    assert reading is None or reading.as_of <= after(0)
