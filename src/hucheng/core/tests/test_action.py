"""What `@action` promises of every write: who may, what its line tells, what a refusal leaves, what a fault leaves."""

import ast
import uuid
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.db import transaction
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core import clock
from hucheng.core.audit.action import ANYONE, _shown, action
from hucheng.core.audit.models import AuditLine
from hucheng.core.places.models import Place
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, after

SRC = Path(__file__).parents[2]
AT = after(0)
OFFICE = Actor(uuid.UUID(int=7), "140100", Role.COMMAND_OFFICE)
ROLES = [role for role in Role if role != Role.SYSTEM]


@action(by={Role.MEDICAL, Role.ENTRY})
def found(*, actor, code, at=None):
    """Makes one place."""
    return Place.objects.create(code=code, kind="county", name_zh="某地", name_en="Somewhere")


@action()
def tell(*, actor, at, **said):
    """Keeps nothing but its line."""
    return said.get("gives")


@action()
def outer(*, actor, at, inner):
    """Does one thing more, then what it is told."""
    Place.objects.create(code="140190", kind="county", name_zh="外", name_en="Outer")
    return inner()


def line() -> AuditLine:
    return AuditLine.objects.get()


def detail_of(**said):
    tell(actor=OFFICE, at=AT, **said)
    return {name: told for name, told in line().detail.items() if name != "at"}


@pytest.mark.django_db
class TestWhoMay:
    @pytest.mark.parametrize("role", ROLES)
    def test_exactly_the_roles_named_may_and_the_others_leave_a_line_and_no_row(self, role):
        actor = Actor(uuid.uuid4(), COUNTY, role, "U1")
        if role in (Role.MEDICAL, Role.ENTRY):
            assert found(actor=actor, code="140199").pk == "140199" and line().refused == ""
            return
        with pytest.raises(Refusal) as no:
            found(actor=actor, code="140199")
        assert no.value.code == "role_may_not"
        assert (line().refused, line().role, line().place) == ("role_may_not", role, COUNTY)
        assert not Place.objects.exists()

    def test_the_system_may_do_what_names_other_roles(self):
        assert found(actor=SYSTEM, code="140199") and line().user_id is None and line().place == "000000"

    def test_an_act_without_roles_is_open_to_every_role(self):
        assert tell.by == ANYONE == frozenset(Role)

    def test_an_act_tells_whom_it_is_open_to(self):
        assert found.is_action and found.by == {Role.MEDICAL, Role.ENTRY, Role.SYSTEM}
        assert found.__name__ == "found" and found.__doc__ == "Makes one place."

    def test_the_role_is_asked_before_the_act_begins(self):
        begun = []
        act = action(by={Role.MEDICAL})(lambda *, actor, at: begun.append(at))
        with pytest.raises(Refusal):
            act(actor=OFFICE, at=AT)
        assert begun == []


@pytest.mark.django_db
class TestTheLine:
    def test_it_names_act_person_role_place_and_time(self):
        found(actor=Actor(OFFICE.user_id, COUNTY, Role.MEDICAL), code="140199", at=AT)
        kept = line()
        assert kept.act == f"{__name__.removeprefix('hucheng.')}.found" and kept.at == AT
        assert (kept.user_id, kept.role, kept.place) == (OFFICE.user_id, "medical", COUNTY)
        assert kept.detail == {"at": str(AT), "gave": "140199"}, "a bare `code` is no identifier"

    def test_an_act_without_a_time_takes_that_of_the_clock(self):
        with clock.frozen_at(AT):
            found(actor=SYSTEM, code="140199")
        assert line().at == AT

    @pytest.mark.parametrize(
        ("name", "value", "kept"),
        [
            ("to", Destination.CAPITAL, "capital"),
            ("accept", True, True),
            ("count", 0, 0),
            ("degrees", 37.5, 37.5),
            ("row_id", uuid.UUID(int=1), str(uuid.UUID(int=1))),
            ("day", date(2020, 3, 24), "2020-03-24"),
            ("until", datetime(2020, 3, 24, tzinfo=UTC), "2020-03-24 00:00:00+00:00"),
            ("arrival_id", "a-1", "a-1"),
            ("station_code", "C-XD", "C-XD"),
            ("place", "140105", "140105"),
            ("rows", [1, 2, 3], 3),
            ("units", (), 0),
            ("codes", {"a"}, 1),
            ("ids", frozenset({1, 2}), 2),
        ],
    )
    def test_identifiers_codes_counts_and_dates_are_kept(self, name, value, kept):
        assert detail_of(**{name: value}) == {name: kept}

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("name", "贺知远"), ("why", "fever 38.9"), ("note", ""), ("data", b"PK"), ("forms", {"a": 1}),
            ("form", object()), ("answer", None), ("identity", "EZ0000001"), ("id_number", "140105198001010012"),
        ],
    )  # fmt: skip
    def test_what_may_be_a_name_or_a_finding_stays_out(self, name, value):
        assert detail_of(**{name: value}) == {}

    def test_a_row_that_an_act_gives_is_named_by_its_key_and_nothing_else_is(self):
        place = Place.objects.create(code="140199", kind="county", name_zh="某地", name_en="Somewhere")
        tell(actor=OFFICE, at=AT, gives=place)
        tell(actor=OFFICE, at=AT, gives="Somewhere")
        tell(actor=OFFICE, at=AT, gives=[place])
        gave = [kept.detail.get("gave") for kept in AuditLine.objects.all()]
        assert sorted(map(str, gave)) == ["140199", "None", "None"]

    def test_a_refused_act_tells_what_was_asked(self):
        with pytest.raises(Refusal):
            found(actor=OFFICE, code="140199", at=AT)
        assert line().detail == {"at": str(AT)} and line().at == AT and line().refused == "role_may_not"


@given(st.text(max_size=40), st.sampled_from(["name", "text", "why", "title", "phone", "idx", "place_name"]))
def test_a_free_text_never_reaches_a_line(text, name):
    assert _shown(name, text) is None


@pytest.mark.django_db
class TestInsideEachOther:
    def refuses(self):
        found(actor=OFFICE, code="140199", at=AT)

    def test_a_refusal_inside_is_told_once_by_the_outer_act(self):
        with pytest.raises(Refusal):
            outer(actor=OFFICE, at=AT, inner=self.refuses)
        assert line().act.endswith(".outer") and line().refused == "role_may_not" and not Place.objects.exists()

    def test_both_lines_stand_when_both_acts_are_done(self):
        outer(actor=SYSTEM, at=AT, inner=lambda: found(actor=SYSTEM, code="140199", at=AT))
        assert sorted(kept.act.rpartition(".")[2] for kept in AuditLine.objects.all()) == ["found", "outer"]
        assert Place.objects.count() == 2

    @pytest.mark.parametrize("fault", [ValueError("x"), Http404("x"), KeyError("x"), RuntimeError("x")])
    def test_whatever_is_no_refusal_leaves_neither_row_nor_line(self, fault):
        def fails():
            raise fault

        with pytest.raises(type(fault)):
            outer(actor=OFFICE, at=AT, inner=fails)
        assert not AuditLine.objects.exists() and not Place.objects.exists()

    def test_a_line_falls_with_the_transaction_around_it(self):
        with pytest.raises(RuntimeError), transaction.atomic():
            tell(actor=OFFICE, at=AT)
            raise RuntimeError
        assert not AuditLine.objects.exists()

    def test_what_waits_for_the_commit_of_a_refused_act_never_happens(self, django_capture_on_commit_callbacks):
        done = []

        def promise_and_refuse():
            transaction.on_commit(lambda: done.append(1))
            raise Refusal("no", why="a", do="b")

        with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refusal):
            outer(actor=OFFICE, at=AT, inner=promise_and_refuse)
        assert done == []

    def test_an_act_costs_its_line_and_its_savepoint_and_no_more(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            tell(actor=OFFICE, at=AT)


def acts_of_the_house():
    for path in sorted(SRC.rglob("actions.py")):
        module = import_module("hucheng." + ".".join(path.relative_to(SRC).with_suffix("").parts))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            act = getattr(module, getattr(node, "name", ""), None)
            if isinstance(node, ast.FunctionDef) and hasattr(act, "is_action"):
                yield module.__name__, act


ACTS = list(acts_of_the_house())


def test_the_name_of_every_act_fits_its_column():
    """PostgreSQL refuses what is longer, and the act with it."""
    longest = AuditLine._meta.get_field("act").max_length
    names = [f"{module.removeprefix('hucheng.').removesuffix('.actions')}.{act.__name__}" for module, act in ACTS]
    assert len(names) > 100 and len(set(names)) == len(names)
    assert [name for name in names if len(name) > longest] == []


def test_every_act_takes_an_actor_and_a_time_by_keyword():
    for module, act in ACTS:
        wanted = act.__wrapped__.__code__
        keywords = wanted.co_varnames[wanted.co_argcount : wanted.co_argcount + wanted.co_kwonlyargcount]
        assert wanted.co_argcount == 0, f"{module}.{act.__name__}"
        assert {"actor", "at"} <= set(keywords), f"{module}.{act.__name__}"


def test_every_act_says_what_it_does():
    assert [act.__name__ for _module, act in ACTS if not (act.__doc__ or "").strip()] == []
