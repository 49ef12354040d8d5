"""The life of a fire, played at random, and the measure of the first response against a count by hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.refusal import Refusal
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.response.actions import follow_fire, report_fire
from hucheng.stability.response.measures import first_response_30min
from hucheng.stability.response.models import Fire, FireEntry
from hucheng.stability.response.queries import FIRST_RESPONSE, FireStory, fires
from hucheng.stability.testing import clerk, department, refused

pytestmark = pytest.mark.django_db
CREW, OUT, FACT = FireEntry.Kind.CREW, FireEntry.Kind.OUT, FireEntry.Kind.FACT


@pytest.fixture(autouse=True)
def city():
    a_city()


def a_fire(minute=0, place=COUNTY, where="west hill", text="", actor=None):
    return report_fire(actor=actor or clerk(place), place=place, where=where, text=text, at=after(minute))


def then(fire, kind, minute, entered=None, text="", actor=None):
    at = after(minute if entered is None else entered)
    told = {"fire_id": fire.pk, "kind": kind, "happened_at": after(minute), "text": text}
    return follow_fire(actor=actor or clerk(fire.place), at=at, **told)


@pytest.mark.parametrize("entered", [30, 31])
def test_a_fire_without_a_crew_is_not_out_even_at_this_very_minute(entered):
    fire = a_fire()
    refused("out_before_crew", then, fire=fire, kind=OUT, minute=30, entered=entered)
    assert not fires(clerk(), after(60))[0].out


@pytest.mark.parametrize(("minute", "code"), [(19, "out_before_crew"), (20, ""), (21, "")])
def test_a_fire_is_out_from_the_minute_of_its_crew_on(minute, code):
    fire = a_fire()
    then(fire, CREW, 20)
    if code:
        refused(code, then, fire=fire, kind=OUT, minute=minute, entered=60)
    else:
        assert then(fire, OUT, minute).kind == "out" and fires(clerk(), after(60))[0].out


ACTS = st.lists(
    st.tuples(st.sampled_from([CREW, OUT, FACT]), st.integers(-3, 12), st.integers(0, 3)), min_size=1, max_size=10
)
"""What is entered, how many fives of minutes after the report it happened, and how many later it was entered."""


def expected(entries, kind, happened, entered):
    """The code that a good register refuses this with, empty if it takes it."""
    if not 0 <= happened <= entered:
        return "fire_time_wrong"
    if kind in entries:
        return "fire_entry_known"
    if kind == OUT and (CREW not in entries or entries[CREW] > happened):
        return "out_before_crew"
    return ""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_a_timeline_takes_what_is_possible_and_nothing_else(acts):
    with transaction.atomic():
        fire, entries, facts, now = a_fire(), {}, [], 0
        for kind, fives, later in acts:
            happened = 5 * fives
            now = max(now + 1, happened) + later
            code = expected(entries, kind, happened, now)
            try:
                then(fire, kind, happened, entered=now, text="seen from the tower")
                assert not code
                facts += [happened] if kind == FACT else []
                entries |= {kind: happened} if kind != FACT else {}
            except Refusal as no:
                assert no.code == code
        (story,) = fires(clerk(), after(now))
        assert sorted(story.entries, key=lambda one: one.happened_at) == story.entries
        assert sorted(one.happened_at for one in story.entries if one.kind == FACT) == sorted(map(after, facts))
        assert story.out == (OUT in entries) and story.minutes == entries.get(CREW)
        assert story.in_time == (CREW in entries and entries[CREW] <= 30)
        transaction.set_rollback(True)


CREW_TIMES = st.tuples(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 60)), st.integers(0, 20))
"""A fire: minute of the report, minutes to the crew or none, minutes until the crew is entered."""


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crews=st.lists(CREW_TIMES, max_size=6), minute=st.integers(0, 140))
def test_the_first_response_is_that_of_a_count_by_hand(crews, minute):
    with transaction.atomic():
        judged = in_time = 0
        for begun, response, late in crews:
            fire = a_fire(begun)
            if response is not None:
                then(fire, CREW, begun + response, entered=begun + response + late)
            if begun > minute:
                continue
            known = response is not None and begun + response + late <= minute
            judged += known or minute - begun > 30
            in_time += known and response <= 30
        reading = first_response_30min(department(), after(minute))
        assert (reading.numerator, reading.denominator) == (in_time, judged)
        assert (reading.value is None) == (judged == 0) and reading.rows_url == "/stability/fires/"
        transaction.set_rollback(True)


def test_what_a_fire_showed_at_a_moment_is_shown_of_it_later():
    fire = a_fire()
    then(fire, CREW, 20, entered=25)
    then(fire, OUT, 60)
    moments = [after(minute) for minute in (0, 24, 25, 59, 60)]
    assert [[entry.kind for entry in fires(clerk(), at)[0].entries] for at in moments] == [
        [], [], ["crew"], ["crew"], ["crew", "out"],
    ]  # fmt: skip
    assert fires(clerk(), after(-1)) == []


def test_seconds_count_in_the_thirty_minutes_and_whole_minutes_are_shown():
    fire = a_fire()
    for seconds, minutes, in_time in ((1799, 29, True), (1800, 30, True), (1801, 30, False)):
        crew = FireEntry(fire=fire, kind=CREW, happened_at=MORNING + timedelta(seconds=seconds))
        story = FireStory(fire, [crew])
        assert (story.minutes, story.in_time) == (minutes, in_time)
    assert timedelta(minutes=30) == FIRST_RESPONSE
    empty = FireStory(fire, [])
    assert (empty.minutes, empty.in_time, empty.out) == (None, False, False)
    assert not empty.judged(after(30)) and empty.judged(after(30) + timedelta(seconds=1))


def test_a_report_keeps_where_and_what_and_cuts_what_has_no_room():
    fire = a_fire(where="  " + "w" * 130, text="f" * 400)
    assert fire.where == "w" * 120 and (fire.reported_at, fire.reported_by_id) == (MORNING, clerk().user_id)
    fact = FireEntry.objects.get()
    assert (fact.kind, fact.text, fact.happened_at, fact.entered_at) == ("fact", "f" * 300, MORNING, MORNING)
    assert not FireEntry.objects.filter(fire=a_fire(text="   ")).exists(), "no words are no fact"


def test_fires_stand_newest_first_by_county_and_for_the_city_all():
    old, new = a_fire(1), a_fire(9)
    other = a_fire(5, OTHER_COUNTY)
    assert [story.fire for story in fires(department(), after(10))] == [new, other, old]
    assert [story.fire for story in fires(department(), after(10), OTHER_COUNTY)] == [other]
    assert [story.fire for story in fires(clerk(), after(10))] == [new, old]
    assert fires(clerk(), after(10), OTHER_COUNTY) == []


def test_entries_of_one_fire_stand_with_no_other(django_assert_num_queries):
    first, second = a_fire(1), a_fire(2)
    for fire in (first, second):
        then(fire, CREW, 10)
        then(fire, FACT, 12, text=str(fire.pk))
    actor = department()
    with django_assert_num_queries(2):
        found = {story.fire: [entry.text for entry in story.entries] for story in fires(actor, after(20))}
    assert found == {first: ["", str(first.pk)], second: ["", str(second.pk)]}
    for minute in range(3, 9):
        then(a_fire(minute), CREW, 10)
    with django_assert_num_queries(2):
        assert len(fires(actor, after(20))) == 8


def test_many_facts_of_one_minute_are_all_kept():
    fire = a_fire()
    for n in range(3):
        then(fire, FACT, 5, entered=6 + n, text=f"fact {n}")
    assert [entry.text for entry in fires(clerk(), after(10))[0].entries] == ["fact 0", "fact 1", "fact 2"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTY, Role.DEPARTMENT, Role.SYSTEM}))
def test_nobody_but_county_and_department_reports_or_follows(role):
    fire, actor = a_fire(), an_actor(role, unit="x")
    refused("role_may_not", a_fire, actor=actor)
    refused("role_may_not", then, fire=fire, kind=CREW, minute=5, actor=actor)
    assert Fire.objects.count() == 1 and not FireEntry.objects.exists()


def test_an_unknown_fire_and_a_place_out_of_sight_are_not_found():
    with pytest.raises(Http404):
        follow_fire(actor=department(), fire_id=uuid4(), kind=CREW, happened_at=MORNING, at=MORNING)
    for place in ("110105", "nonsense"):
        with pytest.raises(Http404):
            a_fire(place=place, actor=department())
    assert not Fire.objects.exists()


def test_acts_are_on_record_and_a_refused_one_leaves_no_row():
    fire = a_fire()
    then(fire, CREW, 10)
    refused("fire_entry_known", then, fire=fire, kind=CREW, minute=12)
    lines = AuditLine.objects.filter(act="stability.response.follow_fire").order_by("at")
    assert [(line.refused, line.detail["kind"], line.detail["fire_id"]) for line in lines] == [
        ("", "crew", str(fire.pk)), ("fire_entry_known", "crew", str(fire.pk)),
    ]  # fmt: skip
    assert FireEntry.objects.count() == 1


def test_the_database_holds_one_end_and_any_number_of_facts():
    fire = a_fire()
    row = {"fire": fire, "happened_at": after(5), "entered_at": after(9)}
    FireEntry.objects.create(kind="fact", **row)
    FireEntry.objects.create(kind="fact", **row)
    FireEntry.objects.create(kind="out", **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        FireEntry.objects.create(kind="out", **row)
