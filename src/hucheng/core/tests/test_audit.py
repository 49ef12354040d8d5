"""An act leaves its line or does not happen; lines and traces stay."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from hucheng.core.audit.action import action
from hucheng.core.audit.actions import trace_reads
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.audit.queries import lines_seen_by, looks_at
from hucheng.core.places.models import Place
from hucheng.core.refusal import Refusal
from hucheng.core.rows import Row
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 24, tzinfo=UTC)
OFFICE = Actor(None, "140100", Role.COMMAND_OFFICE)


@action(by={Role.COMMAND_OFFICE})
def add_place(*, actor, code, name, at):
    place = Place.objects.create(code=code, kind="county", name_zh=name, name_en=name)
    if name == "refused":
        raise Refusal("no", why="why", do="do")
    if name == "crash":
        raise RuntimeError("power cut")
    return place


@action()
def add_two(*, actor, at):
    add_place(actor=actor, code="140191", name="one", at=at)
    add_place(actor=actor, code="140192", name="refused", at=at)


def test_an_act_leaves_one_line_with_codes_and_no_names():
    add_place(actor=OFFICE, code="140199", name="Somebody", at=AT)
    line = AuditLine.objects.get()
    assert line.act.endswith("add_place") and line.at == AT and "Somebody" not in str(line.detail)


def test_a_refusal_undoes_everything_and_leaves_a_line():
    with pytest.raises(Refusal):
        add_place(actor=OFFICE, code="140199", name="refused", at=AT)
    assert not Place.objects.exists() and AuditLine.objects.get().refused == "no"


def test_a_refusal_inside_undoes_the_outer_act_and_leaves_one_line():
    with pytest.raises(Refusal):
        add_two(actor=OFFICE, at=AT)
    assert not Place.objects.exists() and AuditLine.objects.count() == 1


@action()
def add_what_can_be(*, actor, names, at):
    for number, name in enumerate(names):
        with suppress(Refusal):
            add_place(actor=actor, code=f"14019{number}", name=name, at=at)


def test_an_act_that_goes_on_without_a_part_keeps_the_line_of_its_refusal():
    add_what_can_be(actor=OFFICE, names=["one", "refused", "three"], at=AT)
    assert Place.objects.count() == 2
    assert sorted(line.refused for line in AuditLine.objects.all()) == ["", "", "", "no"]


def test_a_crash_leaves_neither_row_nor_line():
    with pytest.raises(RuntimeError):
        add_place(actor=OFFICE, code="140199", name="crash", at=AT)
    assert not Place.objects.exists() and not AuditLine.objects.exists()


def test_another_role_may_not_and_the_system_may():
    with pytest.raises(Refusal) as no:
        add_place(actor=Actor(None, "140100", Role.SCHOOL, "S"), code="1", name="x", at=AT)
    assert no.value.code == "role_may_not"
    assert add_place(actor=SYSTEM, code="2", name="x", at=AT)


def test_positional_arguments_are_refused():
    with pytest.raises(TypeError):
        add_place(OFFICE, "1", "x", AT)


@pytest.mark.parametrize("sql", ["UPDATE core_auditline SET act='x'", "DELETE FROM core_auditline"])
def test_lines_stand_against_a_hand_at_the_database(sql):
    add_place(actor=OFFICE, code="140199", name="x", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_look_leaves_a_trace_that_names_a_role_not_a_colleague():
    person = Row._meta.get_field("id").get_default()
    assert trace_reads(actor=OFFICE, person_ids=[person], purpose="desk", at=AT) == 1
    (look,) = looks_at(person)
    assert look.purpose == "desk" and look.role and ReadTrace.objects.get().user_id is None


def test_lines_are_seen_within_ones_place():
    add_place(actor=OFFICE, code="140199", name="x", at=AT)
    assert len(lines_seen_by(OFFICE)) == 1
    assert lines_seen_by(Actor(None, "140123", Role.COMMAND_OFFICE)) == []
