"""The page of fire weather and its API: what each form and program does, for whom, and what comes back when refused."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.fire.actions import report_weather
from hucheng.stability.fire.models import Gap, Observation, SeriesStart, WeatherFile
from hucheng.stability.testing import (
    GREEN,
    TODAY,
    a_season,
    a_station,
    call,
    clerk,
    department,
    seen,
    visit,
    words_of,
)

pytestmark = pytest.mark.django_db
NOON = after(300)
WEATHER = {"station": "C-XD", "day": "2020-03-21", "temp_c": "24", "rh_pct": "12", "wind_kmh": "40", "rain_mm": "0"}
GAP = {"station": "C-XD", "day": "2020-03-21", "why": "mast struck by lightning"}


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def go(client):
    def going(name="weather", data=None, *args, actor=None, at=NOON, language="en"):
        return visit(client, actor or clerk(), name, data, args=args, at=at, language=language)

    return going


def codes(station, /, **changes):
    told = {"station": str(station.pk), "day": "2020-03-19", "ffmc": "85", "dmc": "6", "dc": "15", "why": "snow gone"}
    return told | changes


def said_nothing():
    return not (Observation.objects.exists() or Gap.objects.exists() or SeriesStart.objects.exists())


def test_refused_forms_come_back_as_they_were_typed(go):
    station = a_station(started=None)
    for name, told, code in (
        ("report_weather", WEATHER | {"rh_pct": "137", "wind_kmh": "41.5"}, "impossible_observation"),
        ("name_gap", GAP | {"day": "2020-03-22"}, "day_to_come"),
        ("start_series", codes(station, ffmc="102.5"), "codes_impossible"),
    ):
        answer = go(name, told, actor=department())
        text = words_of(answer)
        assert answer.status_code == 422 and code in text
        typed = [value for key, value in told.items() if key not in ("station", "why")]
        assert not [value for value in typed if f'value="{value}"' not in text] and told.get("why", "") in text, name
    assert said_nothing()


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("report_weather", {"station": "C-LF"}, "station"),
        ("report_weather", {"temp_c": "warm"}, "temp_c"),
        ("report_weather", {"rain_mm": ""}, "rain_mm"),
        ("report_weather", {"wind_kmh": "nan"}, "wind_kmh"),
        ("report_weather", {"day": "2020-02-30"}, "day"),
        ("name_gap", {"why": ""}, "why"),
        ("name_gap", {"why": "w" * 201}, "why"),
        ("name_gap", {"station": "C-LF"}, "station"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_wrong_field_is_named_and_nothing_is_said_of_the_day(go, name, changes, field, language):
    a_station(started=None)
    a_station("C-LF", OTHER_COUNTY, started=None)
    answer = go(name, (WEATHER if name == "report_weather" else GAP) | changes, language=language)
    form = answer.context["report_form" if name == "report_weather" else "gap_form"]
    assert answer.status_code == 422 and list(form.errors) == [field] and said_nothing()


@pytest.mark.parametrize("field", ["station", "day", "ffmc", "dmc", "dc", "why"])
def test_a_start_lacks_nothing(go, field):
    answer = go("start_series", codes(a_station(started=None), **{field: ""}), actor=department())
    assert answer.status_code == 422 and list(answer.context["start_form"].errors) == [field] and said_nothing()


def test_only_the_department_finds_the_form_of_a_start(go):
    station = a_station(started=None)
    assert "Start the series" in words_of(go(actor=department())) and "Start the series" not in words_of(go())
    assert go("start_series", codes(station)).status_code == 404 and said_nothing()
    assert go("start_series", codes(station), actor=department()).status_code == 302
    assert SeriesStart.objects.get().set_by_id == department().user_id


def test_a_county_sees_its_own_stations_and_the_city_all(go):
    a_season()
    a_season(code="C-LF", place=OTHER_COUNTY)
    own, city = words_of(go()), words_of(go(actor=department()))
    assert "C-XD" in own and "C-LF" not in own and "C-XD" in city and "C-LF" in city
    assert "0 of 1 stations have sent the weather of today." in own and "0 of 2 stations" in city


def test_the_first_sentence_counts_what_came_today_and_what_is_broken(go):
    a_season()
    a_station("C-XD2", started=TODAY - timedelta(days=4))
    assert go("report_weather", WEATHER).status_code == 302
    text = words_of(go())
    assert "1 of 2 stations have sent the weather of today." in text and "One series is broken and blind." in text
    assert "nothing was sent" in text


def test_a_station_without_a_series_says_who_begins_it_and_a_county_without_one_too(go):
    assert "No station here" in words_of(go()) and "Report the weather" not in words_of(go())
    a_station(started=None)
    assert "The series has not started: the department sets the codes to begin from." in words_of(go())


def test_a_named_gap_stands_in_the_line_of_its_day(go):
    a_season()
    assert go("name_gap", GAP).status_code == 302
    text = words_of(go())
    assert "mast struck by lightning" in text and Gap.objects.get().named_by_id == clerk().user_id
    assert go("report_weather", WEATHER).status_code == 302
    again = go("name_gap", GAP)
    assert again.status_code == 422 and "day_observed" in words_of(again)


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_readers_see_the_series_and_no_form(go, role):
    a_season()
    text = words_of(go(actor=an_actor(role)))
    assert "C-XD" in text and text.count("<form") == 2, "language and sign-out alone"
    before = Observation.objects.count()
    for name, told in (("report_weather", WEATHER), ("name_gap", GAP), ("upload_weather", {})):
        assert go(name, told, actor=an_actor(role)).status_code == 404
    assert Observation.objects.count() == before and not WeatherFile.objects.exists()


def test_forms_are_sent_and_never_opened_as_an_address_and_a_file_is_there_or_not(go):
    for name in ("report_weather", "upload_weather", "name_gap", "start_series"):
        assert go(name, actor=department()).status_code == 405
    assert go("weather_lines", None, uuid4()).status_code == 404
    answer = go("upload_weather", {"file": SimpleUploadedFile("w.pdf", b"%PDF-1.7")})
    assert answer.status_code == 422 and "file_unreadable" in words_of(answer)
    assert "no_file" in words_of(go("upload_weather", {}))


def send(client, actor, *changes, at=NOON):
    usual = {"station": "C-XD", "day": "2020-03-21", "temp_c": 24, "rh_pct": 12, "wind_kmh": 40, "rain_mm": 0}
    return call(client, actor, "/fire/observations", [usual | one for one in changes], at=at)


def test_a_program_sends_a_list_whole_or_not_at_all(client):
    a_season()
    before = Observation.objects.count()
    wrong = send(client, clerk(), {"day": "2020-03-20", "rain_mm": 2}, {"temp_c": 99})
    assert wrong.status_code == 409 and wrong.json()["code"] == "impossible_observation"
    assert "99" in wrong.json()["why"] and Observation.objects.count() == before
    assert send(client, clerk(), {"day": "2020-03-20", "rain_mm": 2}, {}).json() == {
        "new": 1, "corrected": 1, "known": 0,
    }  # fmt: skip
    assert send(client, clerk(), {}).json() == {"new": 0, "corrected": 0, "known": 1}
    assert send(client, clerk()).json() == {"new": 0, "corrected": 0, "known": 0}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"day": "2020-03-22"}, 409, "day_to_come"),
        ({"rh_pct": -1}, 409, "impossible_observation"),
        ({"station": "C-NONE"}, 404, None),
        ({"station": "C-LF"}, 404, None),
        ({"temp_c": "warm"}, 422, None),
        ({"day": "2020-02-30"}, 422, None),
        ({"rain_mm": None}, 422, None),
    ],
)
def test_what_a_program_may_not_send_goes_in_nowhere(client, change, status, code):
    a_station(started=None)
    a_station("C-LF", OTHER_COUNTY, started=None)
    answer = send(client, clerk(), change)
    assert answer.status_code == status and answer.json().get("code") == code and said_nothing()


def test_danger_is_told_by_county_with_what_is_not_known_as_null(client):
    a_season()
    a_season(code="C-LF", place=OTHER_COUNTY, values=GREEN)
    a_station("C-QX", "140121", started=TODAY - timedelta(days=3))
    report_weather(actor=clerk(), observations=[seen()], at=after(240))
    told = {one["place"]: one for one in call(client, department(), "/fire/danger", at=NOON).json()}
    assert len(told) == 10 and next(iter(told)) == COUNTY
    assert told[COUNTY]["grade"] >= 4 and told[COUNTY]["day"] == "2020-03-21" and told[COUNTY]["missing"] is None
    assert told[OTHER_COUNTY]["grade"] == 1 and told[OTHER_COUNTY]["fwi"] < 5.2
    blind = told["140121"]
    assert (blind["grade"], blind["fwi"], blind["missing"]) == (None, None, "2020-03-19")
    bare = told["140110"]
    assert (bare["day"], bare["grade"], bare["fwi"], bare["missing"]) == (None, None, None, None)
    assert [one["place"] for one in call(client, clerk(), "/fire/danger", at=NOON).json()] == [COUNTY]


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.LABORATORY])
def test_other_desks_neither_read_danger_nor_send_weather(client, role):
    a_station(started=None)
    for answer in (call(client, an_actor(role), "/fire/danger"), send(client, an_actor(role), {})):
        assert answer.status_code == 409 and answer.json()["code"] == "role_may_not"
    assert said_nothing()
