"""The watch list at any time against a memory of what was put on and taken off; its page and its API."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, a_city, after, an_actor
from hucheng.situation.countries.atlas import airports, countries
from hucheng.situation.countries.figures import Pace, Way
from hucheng.situation.origins.actions import end_watch, note_origin, watch
from hucheng.situation.origins.models import Origin, Watch
from hucheng.situation.origins.queries import SHOWN, ended_watches, proposals, summary, watch_list
from hucheng.situation.testing import TODAY, Visitor, a_series, a_watch, turned_away

pytestmark = pytest.mark.django_db
GROWING = [0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]
CODES = ("CA", "RU", "ET")
PORTS = {"CA": ("YYZ", "YVR"), "RU": ("SVO",), "ET": ("ADD",)}


def keeper(place="140100"):
    return an_actor(Role.DEPARTMENT, place)


def lines(at=MORNING):
    return watch_list(an_actor(Role.ENTRY), at)


def end(made, minute=5, why="no flights", actor=None):
    return end_watch(actor=actor or keeper(), watch_id=made.pk, why=why, at=after(minute))


def seen(airport, minute=0, place="140100"):
    return note_origin(actor=an_actor(Role.ENTRY, place), airport=airport, at=after(minute))


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("on"), st.sampled_from(CODES)),
        st.tuples(st.just("off"), st.sampled_from(CODES)),
        st.tuples(st.just("flight"), st.sampled_from([port for ports in PORTS.values() for port in ports])),
    ),
    max_size=14,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, minute=st.integers(-1, 14))
def test_watched_ended_and_proposed_at_any_minute_are_those_of_a_memory(acts, minute):
    """NEW-36."""
    with transaction.atomic():
        spans, ports = {code: [] for code in CODES}, {}
        for at, (act, which) in enumerate(acts):
            if act == "flight":
                seen(which, at)
                ports.setdefault(which, at)
                continue
            open_ = [span for span in spans[which] if span[1] is None]
            if act == "on" and open_:
                assert turned_away(a_watch, country=which, at=after(at)) == "watched_already"
            elif act == "on":
                spans[which].append([at, None, a_watch(which, at=after(at))])
            elif open_:
                end(open_[0][2], at)
                open_[0][1] = at
        stood = {
            code: made.pk
            for code, mine in spans.items()
            for begun, over, made in mine
            if begun <= minute and (over is None or over > minute)
        }
        known = sorted((at, port) for port, at in ports.items() if at <= minute)
        flights = {code: [port for _at, port in known if port in PORTS[code]] for code in CODES}
        found = {line.country.code: line for line in lines(after(minute))}
        assert {code: line.watch.pk for code, line in found.items()} == stood
        assert {code: [port.code for port in line.airports] for code, line in found.items()} == {
            code: flights[code] for code in stood
        }
        proposed = [
            (one.country.code, [port.code for port in one.airports]) for one in proposals(SYSTEM, after(minute))
        ]
        order = dict.fromkeys(airports()[port].country for _at, port in known)
        assert proposed == [(code, flights[code]) for code in order if code not in stood]
        over = [(ended, made.pk) for mine in spans.values() for _begun, ended, made in mine if ended is not None]
        ended = [one.pk for one in ended_watches(SYSTEM, after(minute))]
        assert ended == [pk for at, pk in sorted(over, reverse=True) if at <= minute]
        transaction.set_rollback(True)


def test_the_highest_incidence_stands_first_and_the_unknown_last_by_code():
    for code in ("RU", "ET", "CA", "BY"):
        a_watch(code)
    a_series([0] * 14 + [3774], country="CA")
    a_series([0] * 14 + [100], country="RU")
    found = lines()
    assert [line.country.code for line in found] == ["CA", "RU", "BY", "ET"]
    assert found[0].incidence == pytest.approx(3774 * 100_000 / countries()["CA"].population)


def test_a_line_reads_the_week_the_fortnight_and_the_last_four_weeks():
    a_watch()
    a_series(range(0, 600, 10))
    (line,) = lines()
    assert (line.new_week, line.new_fortnight, line.last.confirmed) == (70, 140, 590)
    assert line.trend == [10.0] * SHOWN and line.pace == Pace(Way.STEADY) and line.hours == 8 and line.fresh


def test_the_summary_of_nothing_and_of_a_list_without_pace_names_nobody():
    assert summary([]).steepest is None and summary([]).watched == 0
    a_watch("CA")
    a_watch("ET")
    a_series([5] * 15)
    found = summary(lines())
    assert (found.watched, found.fresh, found.blind, found.steepest) == (2, 1, 1, None)
    late = summary(lines(after(days=4)))
    assert (late.fresh, late.blind) == (0, 1)


def test_a_watch_is_kept_with_its_words_and_ends_with_who_and_when():
    made = watch(actor=keeper(), country="CA", reason=" f" + "r" * 300, at=after(15 * 60 + 59))
    assert (made.reason, made.since, made.watched_by_id) == (("f" + "r" * 300)[:200], TODAY, keeper().user_id)
    over = end(made, 16 * 60, why=" w" + "w" * 300, actor=an_actor(Role.COMMAND_OFFICE))
    assert (over.until, over.why_ended) == (TODAY + timedelta(days=1), "w" * 200)
    assert over.ended_by_id == an_actor(Role.COMMAND_OFFICE).user_id
    assert {line.act for line in AuditLine.objects.all()} == {
        "situation.origins.watch", "situation.origins.end_watch",
    }  # fmt: skip


@pytest.mark.parametrize("country", ["", "ca", "CAN", "Canada", "XX", "加拿大"])
def test_a_watch_takes_a_code_of_the_table_alone(country):
    assert turned_away(watch, actor=keeper(), country=country, reason="x", at=MORNING) == "country_unknown"
    assert not Watch.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DEPARTMENT, Role.COMMAND_OFFICE, Role.SYSTEM}))
def test_nobody_else_puts_on_or_takes_off(role):
    made, actor = a_watch(), an_actor(role, unit="x")
    assert turned_away(watch, actor=actor, country="RU", reason="x", at=MORNING) == "role_may_not"
    assert turned_away(end, made=made, actor=actor) == "role_may_not"
    assert Watch.objects.get().ended_at is None


@pytest.mark.parametrize("role", [Role.DEPARTMENT, Role.LEADING_GROUP, Role.COUNTY, Role.MEDICAL])
def test_only_entry_and_the_office_note_where_flights_come_from(role):
    given_ = {"actor": an_actor(role), "airport": "YYZ", "at": MORNING}
    assert turned_away(note_origin, **given_) == "role_may_not" and not Origin.objects.exists()


def test_an_airport_is_noted_once_a_place_and_keeps_its_first_time():
    first = seen("YYZ", 1)
    assert seen("YYZ", 9) == first and first.first_seen_at == after(1) and first.country == "CA"
    assert seen("YYZ", 9, COUNTY) != first and Origin.objects.count() == 2
    for unknown in ("", "yyz", "QQQ", "Toronto"):
        assert seen(unknown) is None
    assert Origin.objects.count() == 2


def test_thirty_ended_watches_are_listed_the_latest_first():
    for minute, code in enumerate(sorted(countries())[:33]):
        end(a_watch(code, at=after(minute)), minute + 100)
    listed = ended_watches(an_actor(Role.ENTRY), after(300))
    assert [one.country for one in listed] == sorted(countries())[32:2:-1]


def test_a_watch_that_is_not_there_is_not_found():
    with pytest.raises(Http404):
        end_watch(actor=keeper(), watch_id=uuid4(), why="x", at=MORNING)


@pytest.fixture
def visitor(client):
    a_city()
    return Visitor(client, after(60)).comes_as(keeper())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refused_watch_comes_back_as_it_was_typed(visitor, language):
    a_watch("CA")
    answer = visitor.comes_as(keeper(), language).sends("watch", country="CA", reason="a charter on Sunday")
    text = answer.content.decode()
    assert answer.status_code == 422 and "watched_already" in text
    assert 'value="a charter on Sunday"' in text and '<option value="CA" selected>' in text


@pytest.mark.parametrize(
    ("given_", "fields"),
    [({"country": "XX", "reason": "x"}, ["country"]), ({"country": "RU", "reason": " "}, ["reason"]),
     ({"country": "RU", "reason": "r" * 201}, ["reason"]), ({}, ["country", "reason"])],
)  # fmt: skip
def test_a_watch_with_a_wrong_field_names_it(visitor, given_, fields):
    answer = visitor.sends("watch", **given_)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == fields and not Watch.objects.exists()


def test_every_country_can_be_chosen_by_its_name_in_both_languages(visitor):
    page = visitor.reads("origins")
    assert page.count("<option") == len(countries()) + 1 and "Canada (CA)" in page
    assert "加拿大 (CA)" in visitor.comes_as(keeper(), "zh-hans").reads("origins")


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        (GROWING, "doubles in 7 days"),
        ([0] + [n * 20 for n in range(1, 8)] + [140 + n * 10 for n in range(1, 8)], "halves in 7 days"),
        ([0] * 7 + [100] * 8, "no new case this week"),
        (range(0, 150, 10), "steady"),
        ([1] * 15, "too few cases to say"),
        ([200] * 14 + [100], "corrected downward, not said"),
        ([1, 2], "not known"),
    ],
)
def test_the_pace_of_a_country_is_told_in_words(visitor, totals, words):
    a_watch()
    a_series(totals)
    assert words in visitor.reads("origins") and words in visitor.reads("country", "CA")


def test_the_first_sentence_counts_and_names_the_fastest(visitor):
    for code in CODES:
        a_watch(code)
    a_series(GROWING)
    a_series([0] * 7 + [100] + [220] * 7, country="RU")
    text = visitor.reads("origins")
    assert "3 countries are watched; 2 of them have data at most 48 hours old." in text
    assert "One has no series at all." in text and "Fastest: <b>Canada</b>, doubling in 7 days." in text


def test_routes_are_drawn_for_watched_countries_alone(visitor):
    for port in ("YYZ", "YVR", "SVO"):
        seen(port)
    assert 'class="rt"' not in visitor.reads("origins") and "No flight is announced" in visitor.reads("origins")
    a_watch("CA", at=after(5))
    text = visitor.reads("origins")
    assert text.count('class="rt"') == 2 and "YVR" in text and "10,8" in text
    assert text.index("Proposed: flights come from here") < text.index("SVO")


def test_an_ended_watch_stays_on_the_page_with_its_reason_and_can_be_begun_again(visitor):
    made = a_watch()
    assert visitor.sends("end_watch", made.pk, why="w" * 300).status_code == 302
    assert Watch.objects.get().why_ended == "w" * 200
    assert "2020-03-21 – 2020-03-21" in visitor.reads("origins")
    assert visitor.sends("watch", country="CA", reason="again").status_code == 302
    assert visitor.sends("end_watch", made.pk, why="x").status_code == 404
    for name, args in (("watch", ()), ("end_watch", (made.pk,))):
        assert visitor.opens(name, *args).status_code == 405


def test_the_list_by_program_is_that_of_the_page_with_null_for_what_is_not_known(visitor):
    seen("YYZ")
    a_watch("CA", at=after(1))
    a_watch("ET", at=after(2))
    a_series(GROWING)
    known, blind = visitor.asks("watch-list").json()
    wanted = {
        "country": "CA", "name_en": "Canada", "since": "2020-03-21", "reason": "flights", "airports": ["YYZ"],
        "last_day": "2020-03-20", "fresh": True,
    }  # fmt: skip
    assert {name: known[name] for name in wanted} == wanted
    assert (known["new_7d"], known["new_14d"], known["pace"]) == (140, 210, "doubling")
    assert known["pace_days"] == pytest.approx(7) and known["incidence_14d"] == pytest.approx(0.556, abs=0.001)
    assert [blind[name] for name in ("last_day", "new_7d", "new_14d", "incidence_14d", "pace_days")] == [None] * 5
    assert [one["country"] for one in visitor.asks("watch-list", known_at=after(1).isoformat()).json()] == ["CA"]
    assert visitor.asks("watch-list", known_at="soon").status_code == 422
    refused = visitor.comes_as(an_actor(Role.LABORATORY)).asks("watch-list")
    assert refused.status_code == 409 and refused.json()["code"] == "role_may_not"
