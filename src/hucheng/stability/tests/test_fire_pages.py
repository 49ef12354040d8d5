"""The pages of fire: both languages, what a role may do, refusals with 422, and queries that do not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.fire.models import Gap, Observation, SeriesStart
from hucheng.stability.patrols.models import Patrol, PatrolProof
from hucheng.stability.response.models import Fire, FireEntry, FireNotice, NoticeReceipt, NoticeTask
from hucheng.stability.testing import TODAY, a_notice, a_season, a_station, clerk, department, planned
from hucheng.stability.testing import visit as visit_page

pytestmark = pytest.mark.django_db
NOW = after(300)
PAGES = ("fire", "weather", "fires", "notices")


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def visit(client):
    def visiting(actor, name, data=None, *, at=NOW, **how):
        return visit_page(client, actor, name, data, at=at, **how)

    return visiting


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("filled", [False, True])
def test_every_page_stands_empty_and_full_in_both_languages(visit, language, name, filled):
    if filled:
        a_season()
        planned(at=after(1))
        a_notice()
    answer = visit(department(), name, language=language)
    text = answer.content.decode()
    assert answer.status_code == 200 and text.count("<h1>") == 1
    assert ("火险" in text or "火情" in text or "防火" in text) == (language == "zh-hans")


def test_the_first_sentence_counts_counties_and_patrols(visit):
    a_season()
    planned(at=after(1))
    text = visit(department(), "fire", at=after(10)).content.decode()
    assert "High danger in 1 of 1 counties with a grade; 0 of 2 patrols of today are proven." in text
    late = visit(department(), "fire").content.decode()
    assert "One county missed patrols on a day of high danger." in late and "K1, K2" in late


def test_a_gap_is_said_with_its_day_and_nothing_is_filled(visit):
    a_season()
    text = visit(clerk(), "fire", at=after(0, days=1)).content.decode()
    assert "no observation of 03-21" in text and "One county is blind." in text
    assert (
        "Blind: no observation of 03-21."
        in visit(clerk(), "county", args=[COUNTY], at=after(0, days=1)).content.decode()
    )


def test_weather_becomes_a_grade_and_a_patrol_on_the_county_page(visit):
    a_season()
    sent = {"station": "C-XD", "day": TODAY, "temp_c": 24, "rh_pct": 12, "wind_kmh": 40, "rain_mm": 0}
    assert visit(clerk(), "report_weather", sent).status_code == 302
    plan = {"due": "2020-03-21T18:00", "checkpoints": "K1, K2，K3"}
    assert visit(clerk(), "plan_patrols", plan, args=[COUNTY]).status_code == 302
    made = {"patrols": [str(Patrol.objects.get(checkpoint="K2").pk)], "team": "t", "done_at": "2020-03-21T12:30"}
    assert visit(clerk(), "prove_patrols", made, args=[COUNTY]).status_code == 302
    text = visit(clerk(), "county", args=[COUNTY]).content.decode()
    assert "1 of 3 patrols of today are proven" in text and "Why this grade" in text and "FFMC" in text
    assert Observation.objects.filter(day=TODAY).count() == PatrolProof.objects.count() == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_impossible_humidity_is_refused_with_why_and_what_to_do(visit, language):
    a_season()
    sent = {"station": "C-XD", "day": TODAY, "temp_c": 24, "rh_pct": 137, "wind_kmh": 40, "rain_mm": 0}
    answer = visit(clerk(), "report_weather", sent, language=language)
    text = answer.content.decode()
    assert answer.status_code == 422 and "137" in text and "impossible_observation" in text
    assert ("请向气象局核对" if language == "zh-hans" else "Check that day&#x27;s record") in text
    assert not Observation.objects.filter(day=TODAY).exists()


@pytest.mark.parametrize(
    ("name", "data", "args"),
    [
        ("report_weather", {"station": "NOPE", "day": "x"}, ()),
        ("name_gap", {"station": "C-XD", "day": TODAY - timedelta(days=1), "why": "x"}, ()),
        ("start_series", {"station": "", "day": "", "why": ""}, ()),
        ("plan_patrols", {"due": "2020-03-21T01:00", "checkpoints": "K1"}, (COUNTY,)),
        ("plan_patrols", {"due": "", "checkpoints": ""}, (COUNTY,)),
        ("prove_patrols", {"patrols": [], "team": "", "done_at": ""}, (COUNTY,)),
        ("fires", {"place": COUNTY, "where": ""}, ()),
        ("notices", {"title": "", "until": "", "due": "", "tasks": ""}, ()),
        ("notices", {"title": "t", "until": "2020-03-20", "due": "2020-03-20", "tasks": "a"}, ()),
    ],
)
def test_what_is_wrong_is_answered_with_422_and_changes_nothing(visit, name, data, args):
    a_season()
    before = Observation.objects.count()
    answer = visit(department(), name, data, args=args)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not (Patrol.objects.exists() or Fire.objects.exists() or FireNotice.objects.exists())
    assert (Observation.objects.count(), Gap.objects.count(), SeriesStart.objects.count()) == (before, 0, 1)


def test_the_department_starts_a_series_from_its_page(visit):
    station = a_station(started=None)
    told = {"station": str(station.pk), "day": "2020-03-19", "ffmc": 85, "dmc": 6, "dc": 15, "why": "snow gone"}
    assert visit(department(), "start_series", told).status_code == 302
    assert SeriesStart.objects.get().why == "snow gone"
    assert visit(clerk(), "start_series", told).status_code == 404


def test_a_fire_is_reported_followed_and_judged_on_its_page(visit):
    assert visit(clerk(), "fires", {"place": COUNTY, "where": "west hill", "text": "smoke"}).status_code == 302
    fire = Fire.objects.get()
    crew = {"kind": "crew", "happened_at": "2020-03-21T13:20"}
    assert visit(clerk(), "follow_fire", crew, args=[fire.pk], at=after(330)).status_code == 302
    text = visit(clerk(), "fires", at=after(331)).content.decode()
    assert "crew after 20 minutes" in text and "a crew came within thirty minutes to 1 of 1" in text
    assert visit(clerk(), "follow_fire", crew, args=[fire.pk], at=after(331)).status_code == 422
    assert visit(clerk(), "follow_fire", {"kind": "nonsense"}, args=[fire.pk]).status_code == 422
    assert visit(clerk(OTHER_COUNTY), "follow_fire", crew, args=[fire.pk], at=after(331)).status_code == 404
    assert FireEntry.objects.count() == 2


def test_a_notice_is_issued_received_and_done_on_its_page(visit):
    told = {"title": "Qingming", "until": "2020-04-07", "due": "2020-04-03", "tasks": "a\n\nb\n"}
    assert visit(department(), "notices", told).status_code == 302
    notice = FireNotice.objects.get()
    assert "Confirm receipt" in visit(clerk(), "notices").content.decode()
    assert visit(clerk(), "receive_notice", {}, args=[notice.pk]).status_code == 302
    assert NoticeReceipt.objects.get().place == COUNTY
    task = NoticeTask.objects.get(place=COUNTY, number=1)
    assert visit(clerk(), "notice_task_done", {"evidence": ""}, args=[task.pk]).status_code == 422
    assert visit(clerk(), "notice_task_done", {"evidence": "seen"}, args=[task.pk]).status_code == 302
    assert visit(department(), "receive_notice", {}, args=[notice.pk]).status_code == 404
    assert visit(clerk(), "notices", told).status_code == 200 and FireNotice.objects.count() == 1


def test_a_county_sees_its_own_page_and_no_other(visit):
    a_season()
    assert visit(clerk(), "county", args=[COUNTY]).status_code == 200
    for place in (OTHER_COUNTY, "110105", "nonsense"):
        assert visit(clerk(), "county", args=[place]).status_code == 404
    assert (
        visit(
            clerk(), "plan_patrols", {"due": "2020-03-21T18:00", "checkpoints": "K1"}, args=[OTHER_COUNTY]
        ).status_code
        == 404
    )


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_the_leading_group_reads_and_finds_no_form(visit, role):
    a_season()
    planned(at=after(1))
    for name in PAGES:
        text = visit(an_actor(role), name).content.decode()
        assert text.count("<form") == 2, "language and sign-out alone"
    assert visit(an_actor(role), "plan_patrols", {}, args=[COUNTY]).status_code == 404


def queries(visit, name, args=()):
    visit(department(), name, args=args)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        visit(department(), name, args=args)
    return len(caught)


@pytest.mark.parametrize(("name", "args"), [(name, ()) for name in PAGES] + [("county", (COUNTY,))])
def test_rows_grow_and_queries_do_not(visit, name, args):
    a_season(days=2)
    planned("K1", at=after(1))
    a_notice(tasks=1)
    visit(clerk(), "fires", {"place": COUNTY, "where": "one"})
    few = queries(visit, name, args)
    a_season(days=12, code="C-LF", place=OTHER_COUNTY)
    planned("K1 K2 K3 K4 K5 K6", due=after(500), at=after(1))
    planned("L1 L2 L3", due=after(90), place=OTHER_COUNTY, at=after(1))
    a_notice(tasks=9)
    for n in range(4):
        visit(clerk(), "fires", {"place": COUNTY, "where": f"hill {n}", "text": "smoke"})
    assert queries(visit, name, args) <= few
