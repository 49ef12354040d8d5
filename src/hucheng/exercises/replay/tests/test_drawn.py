"""What the plays draw by chance is what the scenario's words say, and the same seed draws the same."""

import math
import random
import statistics
from collections import Counter
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.clock import SHANGHAI
from hucheng.exercises.replay import (
    economy,
    economy_firms,
    economy_goods,
    economy_projects,
    flight,
    house_days,
    laboratory,
    schools,
    stability_fire,
    stability_public,
    transport,
)
from hucheng.exercises.replay.cabin import AGES, cabin_people
from hucheng.exercises.replay.generators import events, generator, table
from hucheng.exercises.replay.people import GIVEN, HOUSEHOLDS, SURNAMES, _born, crew, passengers
from hucheng.exercises.scenarios import written

DAY = date(2020, 3, 21)
SETUP = written("taiyuan-2020")["setup"]
DAYS = [date(2020, 3, 18) + timedelta(days=n) for n in range(44)]
SPANS = st.lists(
    st.tuples(st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.floats(-100, 100)),
    min_size=1, max_size=6, unique_by=lambda point: point[0],
).map(sorted)  # fmt: skip


def spread(values) -> tuple[float, float]:
    """Median, and the standard deviation of the logarithms: what the scenario names of a log-normal spread."""
    logs = [math.log(value) for value in values]
    return statistics.median(values), statistics.stdev(logs)


class TestSpreads:
    def test_requests_of_firms_wait_as_long_as_the_scenario_says(self):
        """lognormal median 2.1 sigma .7"""
        assert "lognormal median 2.1 sigma .7" in generator("firms")["settle_days"]
        waits = [economy_firms._wait(1, f"firm {n}") / timedelta(days=1) for n in range(3000)]
        median, sigma = spread(waits)
        assert median == pytest.approx(2.1, rel=0.06) and sigma == pytest.approx(0.7, rel=0.06)

    def test_blockers_of_projects_last_as_long_as_the_scenario_says(self):
        """lognormal median 9 sigma .8, in whole days, at least one."""
        assert "lognormal median 9 sigma .8" in generator("projects")["close_days"]
        rows = [SimpleNamespace(project=SimpleNamespace(code=f"P{n}"), factor="land", since=DAY) for n in range(3000)]
        days = [economy_projects._lasts(1, row) / timedelta(days=1) for row in rows]
        median, sigma = spread(days)
        assert median == pytest.approx(9, abs=0.6) and sigma == pytest.approx(0.8, rel=0.06)
        assert min(days) >= 1 and all(day == int(day) for day in days)

    def test_schools_have_as_many_pupils_as_the_scenario_says(self):
        """lognormal mean 450 sigma .5"""
        (event,) = events("school.register")
        given_here = event["with"] | {"grade12_by_county": {"140105": 70}}
        pupils = [s.grade12 for seed in range(20) for s in schools._invented(random.Random(seed), given_here)]
        assert (given_here["grade12_per_school"]["mean"], given_here["grade12_per_school"]["sigma"]) == (450, 0.5)
        assert statistics.mean(pupils) == pytest.approx(450, rel=0.06)
        assert spread(pupils)[1] == pytest.approx(0.5, rel=0.06)

    def test_results_come_at_a_median_of_seven_hours(self):
        assert "median 7" in written("taiyuan-2020")["generators"]["tests"]["turnaround_hours"]
        taken = 90
        assert statistics.median(flight.RESULT_BATCHES) == 420 and min(flight.RESULT_BATCHES) > taken

    @pytest.mark.parametrize("seed", [1, 20200324])
    def test_the_season_brings_fires_at_its_mean_and_more_at_qingming(self, seed, monkeypatch):
        monkeypatch.setattr(stability_fire, "place_of", lambda station: "140123")
        fires = generator("fire")["fires"]
        usual, feast = fires["mean"], fires["qingming_mean"]
        many = [date(2020, 1, 1) + timedelta(days=n) for n in range(4000)]
        drawn = [bool(stability_fire._by_chance(seed, day)) for day in many]
        assert statistics.mean(drawn) == pytest.approx(usual, abs=0.012) and feast > 10 * usual
        on_feast = [bool(stability_fire._by_chance(n, date(2020, 4, 5))) for n in range(1500)]
        assert statistics.mean(on_feast) == pytest.approx(feast, abs=0.05)

    def test_a_fire_is_answered_within_the_minutes_of_the_scenario(self, monkeypatch):
        monkeypatch.setattr(stability_fire, "place_of", lambda station: station)
        fires = generator("fire")["fires"]
        found = [one for n in range(2000) for one in stability_fire._by_chance(n, date(2020, 4, 4))]
        assert {one.place for one in found} == set(generator("weather")["stations"])
        assert all(fires["crew_min"][0] <= one.crew <= fires["crew_min"][1] < one.out for one in found)
        assert all(one.at.astimezone(SHANGHAI).hour == 14 for one in found)


class TestWordsAndConstants:
    """Numbers that stand in the scenario's words and in a play are the same number."""

    def test_kinds_of_requests_have_the_shares_of_the_scenario_and_words_of_their_own(self):
        assert generator("firms")["kinds"] == economy_firms.KINDS and set(economy_firms.NEEDS) == set(
            economy_firms.KINDS
        )
        assert sum(economy_firms.KINDS.values()) == pytest.approx(1)
        assert (
            generator("firms")["requests_per_day"], generator("firms")["above_size"],
        ) == (economy_firms.REQUESTS_A_DAY, economy_firms.ABOVE_SIZE)  # fmt: skip

    def test_goods_begin_with_the_days_of_the_scenario(self):
        assert list(economy_goods.STOCK_DAYS.values()) == generator("supply")["stock_days_start"]
        names = [name.replace(" ", "-") for name in generator("supply")["goods"]]
        assert list(economy_goods.STOCK_DAYS) == names == list(economy_goods.PRICES)
        assert generator("supply")["price_noise"] == economy_goods.NOISE

    def test_projects_begin_and_end_with_the_shares_of_the_scenario(self):
        said = generator("projects")
        assert said["key"] == economy_projects.KEY and said["blockers_new_per_week"] == economy_projects.NEW_A_DAY * 7
        first, _middle, last = (count for _day, count in economy_projects.STARTED)
        assert (first, last) == (
            round(said["key"] * said["started_18_march"]),
            round(said["key"] * said["started_30_april"]),
        )

    def test_the_fleet_is_that_of_the_task_force(self):
        (force,) = [row for row in SETUP["staff"] if row["unit"] == "TF-RECV"]
        assert (
            force["buses"], force["seats"], force["ambulances"], force["drivers"],
        ) == (transport.BUSES, transport.SEATS, transport.AMBULANCES, transport.DRIVERS)  # fmt: skip

    def test_missed_checks_and_misread_barcodes_have_the_shares_of_the_scenario(self):
        generators = written("taiyuan-2020")["generators"]
        assert generators["checks"]["missed"] == house_days.MISSED
        assert generators["tests"]["unmatched"] == laboratory.MISREAD

    def test_questions_are_drawn_from_shares_that_make_a_whole(self):
        assert sum(generator("public")["topics"].values()) == pytest.approx(1)
        assert {row["topic"] for row in table("claims.csv")} <= set(generator("public")["topics"]) | {"other"}

    def test_two_claims_a_week_until_the_table_is_empty(self):
        played = [(day, row) for day in DAYS if (row := stability_public._claim_of(day))]
        assert {day.weekday() for day, _row in played} == set(stability_public.CLAIM_DAYS)
        assert [row for _day, row in played] == list(table("claims.csv"))[1:], "the first Tuesday lies before the story"
        assert generator("public")["claims_per_week"] == len(stability_public.CLAIM_DAYS)

    def test_every_station_has_its_checkpoints_and_its_county(self):
        assert set(generator("weather")["stations"]) == set(generator("fire")["checkpoints"])

    def test_the_years_before_lie_around_the_averages_and_are_marked_as_invented(self):
        values = economy.history(7)
        assert values == economy.history(7) != economy.history(8)
        assert {one.source for one in values} == {economy.INVENTED}
        for code, average in economy.AVERAGES.items():
            mine = [float(one.value) for one in values if one.code == code]
            assert len(mine) == (16 if code == "gdp" else 44) and statistics.mean(mine) == pytest.approx(average, abs=1)

    def test_a_value_of_the_past_is_published_three_weeks_after_its_month(self):
        for one in economy.history(7):
            year, month = map(int, one.period.split("-"))
            first_of_next = date(year + month // 12, month % 12 + 1, 1)
            assert one.published_on - first_of_next == timedelta(days=21)


class TestLines:
    @given(SPANS, st.dates(date(2019, 1, 1), date(2021, 12, 31)))
    def test_a_line_through_points_never_leaves_their_range_and_meets_each(self, points, day):
        value = economy_firms.between(points, day)
        levels = [level for _when, level in points]
        assert min(levels) - 1e-9 <= value <= max(levels) + 1e-9
        for when, level in points:
            assert economy_firms.between(points, when) == pytest.approx(level, abs=1e-9)

    @given(SPANS)
    def test_before_the_first_and_behind_the_last_it_is_flat(self, points):
        assert economy_firms.between(points, date(2019, 1, 1)) == points[0][1]
        assert economy_firms.between(points, date(2021, 12, 31)) == points[-1][1]

    @given(st.lists(st.tuples(st.floats(0.1, 100), st.integers(0, 50)), min_size=1, max_size=12), st.integers(0, 400))
    def test_a_sum_is_split_whole_as_far_as_the_caps_allow(self, parts, total):
        weights, caps = [weight for weight, _cap in parts], [cap for _weight, cap in parts]
        split = economy_firms.split(total, weights, caps)
        assert sum(split) == min(total, sum(caps))
        assert all(0 <= part <= cap for part, cap in zip(split, caps, strict=True))

    @given(st.lists(st.floats(0.5, 100), min_size=1, max_size=12), st.integers(0, 400))
    def test_without_caps_no_part_is_a_whole_one_away_from_its_share(self, weights, total):
        for part, weight in zip(economy_firms.split(total, weights, [total] * len(weights)), weights, strict=True):
            assert abs(part - total * weight / sum(weights)) < 1 + 1e-9

    def test_projects_start_when_the_counts_of_the_scenario_need_them(self):
        starts = [economy_projects._start(n) for n in range(economy_projects.KEY)]
        assert starts == sorted(starts)
        for day, count in economy_projects.STARTED:
            assert sum(start <= day for start in starts) == pytest.approx(count, abs=1)


class TestPeople:
    def test_households_have_the_sizes_of_the_scenario(self):
        """size 1/2/3/4 with 70/14/11/5 %"""
        note = written("taiyuan-2020")["generators"]["persons"]["note"]
        assert "1/2/3/4 with 70/14/11/5 %" in note and [round(share * 100) for share in HOUSEHOLDS.values()] == [
            70,
            14,
            11,
            5,
        ]
        sizes = Counter()
        for seed in range(20):
            parties = Counter(person.pnr for person in passengers("HU7976", 281, seed=seed, day=DAY))
            sizes.update(parties.values())
        for size, share in HOUSEHOLDS.items():
            assert sizes[size] / sizes.total() == pytest.approx(share, abs=0.02)

    @given(st.integers(0, 10**6), st.integers(1, 60))
    def test_a_household_sits_side_by_side_and_shares_its_name(self, seed, count):
        people = passengers("HU7976", count, seed=seed, day=DAY)
        assert [person.number for person in people] == list(range(1, count + 1))
        parties = [person.pnr for person in people]
        assert parties == sorted(parties), "nobody of another household sits between"
        assert all(len({one.surname for one in people if one.pnr == party}) == 1 for party in parties)

    @given(st.integers(0, 10**6))
    def test_names_are_of_the_lists_and_documents_are_of_the_test_range(self, seed):
        for one in [*passengers("HU7976", 20, seed=seed, day=DAY), *crew("HU7976", 5, seed=seed, day=DAY)]:
            assert one.surname in SURNAMES.values() and set(one.given.split()) <= set(GIVEN.values())
            assert one.document.number.startswith("ZT") and one.document.number[2:6] == "0321"

    def test_crew_sit_nowhere_stay_here_and_differ_by_flight(self):
        staff = crew("HU7976", 15, seed=1, day=DAY)
        assert {(one.kind, one.seat, one.pnr, one.debark) for one in staff} == {("crew", "", "", "TYN")}
        assert staff == crew("HU7976", 15, seed=1, day=DAY) != crew("CA722", 15, seed=1, day=DAY)

    @given(st.dates(date(2019, 1, 1), date(2022, 12, 31)), st.integers(0, 90), st.integers(1, 12), st.integers(1, 28))
    def test_somebody_drawn_of_an_age_has_it_on_the_day(self, day, age, month, day_of_month):
        born = _born(day, age, month, day_of_month)
        assert day.year - born.year - ((day.month, day.day) < (born.month, born.day)) == age

    @pytest.mark.parametrize("band", AGES)
    def test_people_of_a_cabin_are_of_their_band_and_sit_where_the_file_says(self, band):
        seat = {"age_band": band, "nationality": "RUS", "sex": "F", "seat": "31A", "party": "P1"}
        people = cabin_people([seat] * 40, seed=1, day=date(2020, 4, 6))
        ages = [2020 - one.birth.year - ((one.birth.month, one.birth.day) > (4, 6)) for one in people]
        low, high = AGES[band]
        assert all(low <= age <= high for age in ages), sorted(set(ages))
        assert {(one.seat, one.pnr, one.sex, one.nationality) for one in people} == {("31A", "P1", "F", "RUS")}
        assert people == cabin_people([seat] * 40, seed=1, day=date(2020, 4, 6))

    def test_whoever_is_of_this_country_has_a_name_of_it(self):
        seat = {"age_band": "18-39", "nationality": "CHN", "sex": "M", "seat": "31A", "party": "P1"}
        assert {one.surname for one in cabin_people([seat] * 30, seed=1, day=DAY)} <= set(SURNAMES.values())


@given(st.lists(st.integers(1, 4), max_size=40), st.integers(0, 60))
def test_whole_households_fill_a_group_and_none_is_torn(sizes, wanted):
    households = [[f"{n}/{place}" for place in range(size)] for n, size in enumerate(sizes)]
    taken, left = flight._filled(households, wanted)
    assert len(taken) <= wanted and len(taken) + sum(map(len, left)) == sum(sizes)
    assert [one for one in households if one in left] == left
    assert {person.partition("/")[0] for person in taken}.isdisjoint(one[0].partition("/")[0] for one in left)
    assert all(len(taken) + len(one) > wanted for one in left[:1]) or not left


def test_the_noon_of_a_station_is_the_table_with_its_offset():
    """degrees C against the table; humidity + 2 per degree"""
    weather = generator("weather")
    day, temp, humidity, wind, rain = weather["rows"][0]
    for station, offset in weather["stations"].items():
        seen = stability_fire.noon(station, date.fromisoformat(day))
        assert seen.temp_c == round(temp + offset, 1) and seen.rh_pct == pytest.approx(humidity - 2 * offset)
        assert (seen.wind_kmh, seen.rain_mm, seen.station_code) == (wind, rain, station)


@pytest.mark.parametrize("moment", [datetime(2020, 3, 31, 18, tzinfo=SHANGHAI)])
def test_generators_and_events_are_read_from_the_one_file(moment):
    whole = written("taiyuan-2020")
    assert generator("fire") == whole["generators"]["fire"]
    assert len(events("fire.report")) == sum(event["act"] == "fire.report" for event in whole["events"])
    assert events("nobody.does.this") == ()
    with pytest.raises(KeyError):
        generator("nothing")
