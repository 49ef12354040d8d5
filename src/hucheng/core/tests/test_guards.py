"""Rules that stand in the database: a hand at the database is refused by name, and every rule is really there."""

import uuid
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from hucheng.core.audit.actions import trace_reads
from hucheng.core.audit.guards import Guard, append_only
from hucheng.core.audit.models import AuditLine, ReadTrace
from hucheng.core.audit.queries import lines_seen_by, looks_at
from hucheng.core.audit.testing import guards, triggers
from hucheng.core.places.models import Place
from hucheng.core.scope.actor import SYSTEM, Actor
from hucheng.core.terms import Role
from hucheng.core.testing import CITY, COUNTY, OTHER_COUNTY, after

pytestmark = pytest.mark.django_db
ON_SQLITE = connection.vendor == "sqlite"
PERSON = uuid.UUID(int=5)
DOCTOR = Actor(uuid.UUID(int=9), COUNTY, Role.MEDICAL, name="Shi Lan")


def a_line(act="core.test.act", *, place=CITY, minutes=0, **fields) -> AuditLine:
    return AuditLine.objects.create(at=after(minutes), role=Role.ENTRY, place=place, act=act, **fields)


def by_hand(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


class TestLinesStand:
    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE core_auditline SET refused = ''",
            "UPDATE core_auditline SET at = at",
            "UPDATE core_auditline SET user_id = NULL WHERE act LIKE 'core.%%'",
            "DELETE FROM core_auditline",
            "DELETE FROM core_auditline WHERE refused <> ''",
        ],
    )
    def test_no_line_is_changed_or_taken_away(self, attack):
        kept = a_line(refused="no")
        with pytest.raises(IntegrityError, match="core_auditline_no_(update|delete)"):
            by_hand(attack)
        kept.refresh_from_db()
        assert kept.refused == "no" and AuditLine.objects.count() == 1

    @pytest.mark.skipif(not ON_SQLITE, reason="only SQLite knows REPLACE")
    def test_no_line_is_replaced_by_another_of_the_same_key(self):
        kept = a_line("core.test.true")
        copied = "id, at, user_id, role, place, 'core.test.false', detail, refused"
        with pytest.raises(IntegrityError, match="core_auditline_no_delete"):
            by_hand(f"REPLACE INTO core_auditline SELECT {copied} FROM core_auditline")
        kept.refresh_from_db()
        assert kept.act == "core.test.true"

    def test_an_attack_that_touches_no_line_is_no_attack(self):
        a_line()
        by_hand("DELETE FROM core_auditline WHERE act = 'nothing'")
        assert AuditLine.objects.count() == 1

    def test_the_model_is_refused_like_the_hand(self):
        kept = a_line()
        kept.act = "other"
        for attack in (kept.save, kept.delete, AuditLine.objects.all().delete):
            with pytest.raises(IntegrityError), transaction.atomic():
                attack()

    def test_a_look_is_never_rewritten_but_goes_when_its_time_is_over(self):
        trace_reads(actor=DOCTOR, person_ids=[PERSON], purpose="desk", at=after(0))
        with pytest.raises(IntegrityError, match="core_readtrace_no_update"):
            by_hand("UPDATE core_readtrace SET purpose = 'x'")
        by_hand("DELETE FROM core_readtrace")
        assert not ReadTrace.objects.exists()


class TestReadingThem:
    def test_the_latest_come_first_and_no_more_than_two_hundred(self):
        AuditLine.objects.bulk_create(
            AuditLine(at=after(n), role=Role.ENTRY, place=CITY, act=f"core.test.n{n}") for n in range(205)
        )
        seen = lines_seen_by(SYSTEM)
        assert [line.act for line in seen[:2]] == ["core.test.n204", "core.test.n203"] and len(seen) == 200

    @pytest.mark.parametrize(
        ("place", "count"), [("000000", 4), ("140000", 3), (CITY, 3), (COUNTY, 1), (OTHER_COUNTY, 1), ("110000", 1)]
    )
    def test_lines_are_seen_within_ones_place(self, place, count):
        for at in (CITY, COUNTY, OTHER_COUNTY, "110000"):
            a_line(place=at)
        assert len(lines_seen_by(Actor(None, place, Role.COMMAND_OFFICE))) == count

    def test_lines_are_chosen_by_the_beginning_of_the_act(self):
        for act in ("entry.triage.judge", "entry.flights.land", "quarantine.entry.triage"):
            a_line(act)
        assert {line.act for line in lines_seen_by(SYSTEM, "entry.")} == {"entry.triage.judge", "entry.flights.land"}
        assert lines_seen_by(SYSTEM, "triage") == []

    def test_a_person_learns_role_purpose_and_time_newest_first_and_no_name(self):
        for minutes, purpose in ((0, "desk"), (5, "export people"), (2, "care")):
            trace_reads(actor=DOCTOR, person_ids=[PERSON, uuid.uuid4()], purpose=purpose, at=after(minutes))
        looks = looks_at(PERSON)
        assert [(look.purpose, look.at) for look in looks] == [
            ("export people", after(5)), ("care", after(2)), ("desk", after(0)),
        ]  # fmt: skip
        assert all("Shi" not in str(look) for look in looks) and looks_at(uuid.uuid4()) == []

    def test_looking_at_nobody_leaves_a_line_and_no_trace(self):
        assert trace_reads(actor=DOCTOR, person_ids=[], purpose="desk", at=after(0)) == 0
        assert not ReadTrace.objects.exists() and AuditLine.objects.count() == 1

    def test_a_list_of_people_is_traced_by_one_statement(self, django_assert_num_queries):
        with django_assert_num_queries(4):
            assert trace_reads(actor=DOCTOR, person_ids=[uuid.uuid4() for _n in range(60)], purpose="x", at=after(0))
        assert ReadTrace.objects.count() == 60


@pytest.fixture
def editor():
    """What a migration writes with, inside the test's transaction."""
    with connection.cursor() as cursor:
        yield SimpleNamespace(
            connection=connection, execute=lambda sql, params=None: cursor.execute(sql, params or None)
        )


class TestOneGuard:
    def test_it_refuses_by_its_name_under_its_condition_and_is_gone_when_taken_back(self, editor):
        guard = Guard("core_place", "no_place_of_this_name", "INSERT", "NEW.name_zh = '禁'")
        guard.database_forwards("core", editor, None, None)
        Place.objects.create(code="140199", kind="county", name_zh="可", name_en="May")
        with pytest.raises(IntegrityError, match="no_place_of_this_name"), transaction.atomic():
            Place.objects.create(code="140198", kind="county", name_zh="禁", name_en="May not")
        guard.database_backwards("core", editor, None, None)
        guard.database_backwards("core", editor, None, None)
        assert Place.objects.create(code="140198", kind="county", name_zh="禁", name_en="May again")

    def test_a_guard_of_a_column_lets_the_others_change(self, editor):
        Place.objects.create(code="140199", kind="county", name_zh="甲", name_en="One")
        guard = Guard("core_place", "kind_stays", "UPDATE OF kind", "NEW.kind <> OLD.kind")
        guard.database_forwards("core", editor, None, None)
        by_hand("UPDATE core_place SET name_zh = '乙'")
        by_hand("UPDATE core_place SET kind = 'county'")
        with pytest.raises(IntegrityError, match="kind_stays"):
            by_hand("UPDATE core_place SET kind = 'city'")

    def test_a_guard_rebuilds_itself_from_what_a_migration_writes_down(self):
        guard = Guard("core_place", "a_name", "DELETE", "1 = 1")
        name, values, named = guard.deconstruct()
        again = globals()[name](*values, **named)
        assert vars(again) == vars(guard) and again.reversible and again.describe() == "Guard core_place: a_name"

    def test_append_only_names_a_guard_an_event_and_spares_deletion_unless_asked(self):
        assert [(g.name, g.event) for g in append_only("t")] == [("t_no_update", "UPDATE")]
        assert [g.name for g in append_only("t", ("UPDATE", "DELETE"))] == ["t_no_update", "t_no_delete"]


def test_every_guard_of_the_migrations_stands_in_the_database():
    written, standing = {one.name: one.table for _app, one in guards()}, triggers(connection)
    assert len(written) > 10
    assert {name: table for name, table in written.items() if standing.get(name) != table} == {}
