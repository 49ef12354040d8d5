"""Pages of fire danger and of one county: what to do in every case, what a form does, and what it says when refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override

from hucheng.core.places.models import Place
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.engines.fireweather import grade_of_fwi
from hucheng.stability.fire.actions import name_gap, report_weather
from hucheng.stability.fire.danger import Danger
from hucheng.stability.fire.queries import CountyDanger, StationDays
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.patrols.pages import CountyLine, advice, grade_word, kind_of
from hucheng.stability.patrols.queries import PatrolDay
from hucheng.stability.testing import (
    GREEN,
    TODAY,
    a_season,
    a_station,
    clerk,
    department,
    planned,
    seen,
    visit,
    words_of,
)

pytestmark = pytest.mark.django_db
BLIND = Danger(TODAY, missing=TODAY)


@pytest.fixture(autouse=True)
def city():
    a_city()


def graded(fwi):
    return Danger(TODAY, grade=grade_of_fwi(fwi))


def a_county(now, stations=True):
    return CountyDanger(Place(code=COUNTY, name_zh="小店区", name_en="Xiaodian"), [StationDays(None)] * stations, now)


@pytest.mark.parametrize(
    ("fwi", "number", "kind"),
    [(0, 1, "ok"), (5.1, 1, "ok"), (5.2, 2, "ok"), (11.2, 3, "run"), (21.3, 4, "warn"), (38, 5, "bad"), (90, 5, "bad")],
)
def test_each_grade_has_its_colour_and_its_word_from_the_bounds_of_effis(fwi, number, kind):
    danger = graded(fwi)
    assert danger.grade.number == number and kind_of(danger) == kind and str(grade_word(danger))
    assert danger.high == (number >= 4)


@pytest.mark.parametrize("danger", [None, BLIND])
def test_a_day_without_a_grade_is_blind_in_colour_and_word(danger):
    assert kind_of(danger) == "blind"
    with override("en"):
        assert str(grade_word(danger)) == "blind"
        assert str(CountyLine(a_county(danger, stations=False), PatrolDay()).word) == "no station"


@pytest.mark.parametrize(
    ("now", "stations", "patrols", "words"),
    [
        (None, False, PatrolDay(), "No station speaks for this county"),
        (None, True, PatrolDay(), "patrol as on a red day"),
        (BLIND, True, PatrolDay(3, 3), "patrol as on a red day"),
        (graded(30), True, PatrolDay(), "Plan patrols now"),
        (graded(30), True, PatrolDay(3, 2, 1), "Prove each patrol by its time"),
        (graded(50), True, PatrolDay(3, 3), "Every planned patrol is proven"),
        (graded(15), True, PatrolDay(), "Keep the checkpoints staffed"),
        (graded(8), True, PatrolDay(), "Usual duty"),
        (graded(1), True, PatrolDay(2, 0, 2), "Usual duty"),
    ],
)
def test_what_to_do_follows_from_danger_and_patrols(now, stations, patrols, words):
    county = a_county(now, stations)
    with override("en"):
        assert words in str(advice(county, patrols)) == str(CountyLine(county, patrols).advice)
    with override("zh-hans"):
        assert words not in str(advice(county, patrols))


def test_the_city_counts_high_blind_and_ungraded_counties_apart(client):
    a_season()
    a_season(values=GREEN, code="C-LF", place=OTHER_COUNTY)
    a_station("C-QX", "140121", started=TODAY - timedelta(days=4))
    text = words_of(visit(client, department(), "fire"))
    assert "High danger in 1 of 2 counties with a grade; 0 of 0 patrols of today are proven." in text
    assert "One county is blind." in text and text.count("no station") == 7


def test_the_most_dangerous_county_stands_on_top_of_the_page(client):
    a_season(values=GREEN)
    a_season(code="C-LF", place=OTHER_COUNTY)
    text = words_of(visit(client, department(), "fire"))
    assert text.index(f"/fire/county/{OTHER_COUNTY}/") < text.index(f"/fire/county/{COUNTY}/")
    assert "Plan patrols now and prove them" in text and "Usual duty" in text


def test_a_county_finds_its_own_line_alone(client):
    a_season()
    a_season(code="C-LF", place=OTHER_COUNTY)
    text = words_of(visit(client, clerk(), "fire"))
    assert f"/fire/county/{COUNTY}/" in text and f"/fire/county/{OTHER_COUNTY}/" not in text
    assert "High danger in 1 of 1 counties" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("K1: call the county", "1 of 2 patrols of today are proven", "late", "third team", "snow on the pass")),
        ("zh-hans", ("卡点 K1", "今日巡护 2 次，已有凭证 1 次", "逾期", "third team", "snow on the pass")),
    ],
)
def test_missed_done_and_late_patrols_are_told_apart(client, language, words):
    a_season()
    _one, two = planned()
    told = {"patrols": [str(two.pk)], "team": "third team", "done_at": "2020-03-21T09:10", "seen": "snow on the pass"}
    assert visit(client, clerk(), "prove_patrols", told, args=[COUNTY], at=after(75)).status_code == 302
    pages = words_of(visit(client, department(), "fire", language=language, at=after(80)))
    pages += words_of(visit(client, clerk(), "county", args=[COUNTY], language=language, at=after(80)))
    missing = [word for word in words if word not in pages]
    assert not missing


def test_a_patrol_to_come_is_no_miss_and_its_box_stands_in_the_form(client):
    a_season()
    one, two = planned()
    text = words_of(visit(client, clerk(), "county", args=[COUNTY], at=after(59)))
    assert text.count("to come") == 2 and ">missed<" not in text and "are not proven:" not in text
    assert all(f'value="{patrol.pk}"' in text for patrol in (one, two))
    late = words_of(visit(client, clerk(), "county", args=[COUNTY], at=after(60)))
    assert "2 patrols due at 03-21 09:00 are not proven: K1, K2." in late


def test_a_proven_patrol_cannot_be_chosen_again(client):
    one, two = planned()
    told = {"patrols": [str(one.pk)], "team": "t", "done_at": "2020-03-21T08:30"}
    assert visit(client, clerk(), "prove_patrols", told, args=[COUNTY], at=after(40)).status_code == 302
    again = visit(client, clerk(), "prove_patrols", told, args=[COUNTY], at=after(41))
    assert again.status_code == 422 and PatrolProof.objects.count() == 1
    text = words_of(visit(client, clerk(), "county", args=[COUNTY], at=after(42)))
    assert f'value="{one.pk}"' not in text and f'value="{two.pk}"' in text


@pytest.mark.parametrize("sign", [",", "，", "、", ";", "；", " ", "\n", "  ,\n"])
def test_checkpoints_may_be_set_apart_in_any_usual_way(client, sign):
    told = {"due": "2020-03-21T18:00", "checkpoints": sign.join(["K1", "K2", "K3"]) + sign}
    assert visit(client, clerk(), "plan_patrols", told, args=[COUNTY]).status_code == 302
    assert list(Patrol.objects.values_list("checkpoint", flat=True)) == ["K1", "K2", "K3"]
    assert Patrol.objects.first().due == after(600), "a moment of the form is the city's"


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("plan_patrols", {"due": "2020-03-21T08:00", "checkpoints": "K9"}, "patrol_in_the_past"),
        ("plan_patrols", {"due": "2020-03-21T18:00", "checkpoints": " ，、 "}, ""),
        ("plan_patrols", {"due": "2020-03-21T18:00", "checkpoints": "，、"}, "no_checkpoint"),
        ("plan_patrols", {"due": "2020-03-21T18:00", "checkpoints": "K9, " + "K" * 21}, ""),
        ("plan_patrols", {"due": "at six", "checkpoints": "K9"}, ""),
        ("plan_patrols", {"due": "2020-03-21T18:00", "checkpoints": "K" * 1001}, ""),
        ("prove_patrols", {"team": "t", "done_at": "2020-03-21T10:00"}, "patrol_time_wrong"),
        ("prove_patrols", {"team": "t" * 61, "done_at": "2020-03-21T08:20"}, ""),
        ("prove_patrols", {"team": "t", "done_at": "2020-03-21T08:20", "seen": "s" * 301}, ""),
        ("prove_patrols", {"team": "t", "done_at": "2020-03-21T08:20", "patrols": "nonsense"}, ""),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_form_that_cannot_be_is_answered_with_its_reason_and_nothing_goes_in(client, name, told, code, language):
    (one,) = planned("K1")
    usual = {"patrols": [str(one.pk)]} if name == "prove_patrols" else {}
    answer = visit(client, clerk(), name, usual | told, args=[COUNTY], language=language, at=after(30))
    text = words_of(answer)
    assert answer.status_code == 422 and 'role="alert"' in text and code in text
    assert Patrol.objects.count() == 1 and not PatrolProof.objects.exists()


def test_what_was_typed_stands_in_the_form_that_was_refused(client):
    told = {"due": "2020-03-21T07:30", "checkpoints": "K7, K8"}
    text = words_of(visit(client, clerk(), "plan_patrols", told, args=[COUNTY]))
    assert "patrol_in_the_past" in text and 'value="K7, K8"' in text and 'value="2020-03-21T07:30"' in text
    (one,) = planned("K1")
    told = {"patrols": [str(one.pk)], "team": "fourth team", "done_at": "2020-03-21T09:30", "seen": "smoke in the west"}
    text = words_of(visit(client, clerk(), "prove_patrols", told, args=[COUNTY], at=after(30)))
    assert "patrol_time_wrong" in text and 'value="fourth team"' in text and 'value="smoke in the west"' in text
    assert " checked" in text and 'value="2020-03-21T09:30"' in text


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE, Role.ENTRY, Role.SCHOOL])
def test_who_does_not_report_finds_no_form_and_no_address_to_send_to(client, role):
    (one,) = planned("K1")
    actor = an_actor(role, unit="x" if role == Role.SCHOOL else "")
    told = {"due": "2020-03-21T18:00", "checkpoints": "K2"}
    assert visit(client, actor, "plan_patrols", told, args=[COUNTY]).status_code == 404
    made = {"patrols": [str(one.pk)], "team": "t", "done_at": "2020-03-21T08:20"}
    assert visit(client, actor, "prove_patrols", made, args=[COUNTY], at=after(30)).status_code == 404
    page = visit(client, actor, "county", args=[COUNTY])
    reads = role in (Role.LEADING_GROUP, Role.COMMAND_OFFICE)
    assert page.status_code == (200 if reads else 404) and "/prove/" not in words_of(page)
    assert Patrol.objects.count() == 1 and not PatrolProof.objects.exists()


def test_a_stranger_is_asked_to_sign_in(client):
    for name, args in (("fire", ()), ("county", (COUNTY,))):
        answer = visit(client, None, name, args=args)
        assert answer.status_code == 302 and "next=" in answer.url


def test_a_form_is_sent_and_never_opened_as_an_address(client):
    for name in ("plan_patrols", "prove_patrols"):
        assert visit(client, clerk(), name, args=[COUNTY]).status_code == 405


def test_the_county_page_says_why_day_by_day(client):
    a_season(days=3)
    report_weather(actor=clerk(), observations=[seen(values=GREEN)], at=after(240))
    report_weather(actor=clerk(), observations=[replace(seen(values=GREEN), rain_mm=9.0)], at=after(250))
    text = words_of(visit(client, clerk(), "county", args=[COUNTY], at=after(300)))
    assert "version 2, corrected" in text and "9 mm" in text and "series from 2020-03-17: standard start" in text
    days = [text.index(f">{day}<") for day in ("2020-03-21", "2020-03-20", "2020-03-19", "2020-03-18")]
    assert days == sorted(days), "the newest day stands on top"


def test_a_named_gap_is_told_with_its_reason(client):
    a_season()
    name_gap(actor=clerk(), station_code="C-XD", day=TODAY, why="mast struck by lightning", at=after(250))
    text = words_of(visit(client, clerk(), "county", args=[COUNTY], at=after(0, days=1)))
    assert "mast struck by lightning" in text and "Blind: no observation of 03-21." in text
    told = words_of(visit(client, department(), "fire", at=after(0, days=1)))
    assert "no observation of 03-21 · mast struck by lightning" in told


def test_words_of_a_team_are_shown_as_text(client):
    (one,) = planned("K1")
    told = {"patrols": [str(one.pk)], "team": "<b>t</b>", "done_at": "2020-03-21T08:20", "seen": "<script>x</script>"}
    visit(client, clerk(), "prove_patrols", told, args=[COUNTY], at=after(30))
    text = words_of(visit(client, clerk(), "county", args=[COUNTY], at=after(30)))
    assert "&lt;script&gt;" in text and "<script>x" not in text and "<b>t</b>" not in text
