"""What an actor sees: the rows of the divisions below theirs, by a walk of the tree; of one unit where bound."""

import uuid

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hucheng.core.audit.models import AuditLine
from hucheng.core.places.actions import shipped
from hucheng.core.places.models import Place
from hucheng.core.places.queries import counties_of, leading_group_of, organisations, place_names
from hucheng.core.scope.actor import SYSTEM, Actor, after_prefix, place_prefix
from hucheng.core.scope.queryset import ScopedQuerySet
from hucheng.core.terms import UNIT_ROLES, Role
from hucheng.core.testing import CITY, COUNTY, a_city, after

ROWS = {row["code"]: row for row in shipped("places.csv")}
CODES = sorted(ROWS)
FREE = sorted(set(Role) - UNIT_ROLES)


def below(code: str) -> set[str]:
    """A division with all its parts, by the parents that the table names: no arithmetic on codes."""
    found, edge = {code}, {code}
    while edge:
        edge = {row["code"] for row in ROWS.values() if row["parent"] in edge}
        found |= edge
    return found


@given(st.sampled_from(CODES), st.sampled_from(FREE))
def test_sight_is_the_tree_below(code, role):
    actor = Actor(None, code, role)
    assert {other for other in CODES if actor.sees_place(other)} == below(code)


@given(st.sampled_from(CODES))
def test_the_range_for_the_database_is_the_same_sight(code):
    actor = Actor(None, code, Role.COUNTY)
    assert {other for other in CODES if actor.first_place <= other < actor.next_place} == below(code)


@given(st.from_regex(r"[1-8][0-9]{5}", fullmatch=True), st.from_regex(r"[1-8][0-9]{5}", fullmatch=True))
def test_of_any_two_codes_one_sees_the_other_exactly_when_it_begins_it(mine, other):
    assert Actor(None, mine, Role.ENTRY).sees_place(other) == other.startswith(place_prefix(mine))


@given(st.from_regex(r"[1-8][0-9]{5}", fullmatch=True))
def test_what_sees_a_place_sees_what_that_place_sees(code):
    """Province above city above county: sight never narrows on the way up."""
    chain = ["000000", f"{code[:2]}0000", f"{code[:4]}00", code]
    for above, part in zip(chain, chain[1:], strict=False):
        wide, narrow = Actor(None, above, Role.ENTRY), Actor(None, part, Role.ENTRY)
        assert wide.first_place <= narrow.first_place
        assert narrow.next_place.ljust(6, "0") <= wide.next_place.ljust(6, "0")


@given(st.from_regex(r"[1-8][0-9](([0-9]{2}){0,2})", fullmatch=True))
def test_the_first_code_out_of_sight_comes_behind_every_code_in_sight(prefix):
    last = prefix.ljust(6, "9")
    assert last < after_prefix(prefix) and after_prefix(prefix)[: len(prefix)] > prefix


@pytest.mark.parametrize("role", Role)
def test_only_houses_schools_and_travellers_are_bound_to_a_unit(role):
    assert Actor(None, COUNTY, role).bound_to_unit == (role in {Role.HOUSE, Role.SCHOOL, Role.TRAVELLER})


def test_an_actor_is_a_value_that_nobody_changes_on_the_way():
    actor = Actor(None, COUNTY, Role.COUNTY)
    with pytest.raises(AttributeError):
        actor.place = "000000"
    assert actor == Actor(None, COUNTY, Role.COUNTY)


class Lines(ScopedQuerySet):
    """Audit lines as a scoped list; a house may see those that name it."""


@pytest.fixture
def lines(db, monkeypatch):
    monkeypatch.setattr(AuditLine, "unit_paths", {Role.HOUSE: "refused"}, raising=False)
    for number, code in enumerate(CODES):
        AuditLine.objects.create(at=after(number), role=Role.ENTRY, place=code, act="a", refused=f"H{number % 2}")
    return Lines(AuditLine)


class TestRows:
    @pytest.mark.parametrize("code", ["000000", "140000", "110000", CITY, COUNTY, "140181"])
    def test_rows_are_those_of_the_tree_below(self, lines, code):
        seen = lines.seen_by(Actor(None, code, Role.COUNTY)).values_list("place", flat=True)
        assert sorted(seen) == sorted(below(code))

    def test_a_bound_role_sees_the_rows_of_its_unit_within_its_place(self, lines):
        seen = lines.seen_by(Actor(None, CITY, Role.HOUSE, "H1"))
        assert seen.exists() and {line.refused for line in seen} == {"H1"}
        assert {line.place for line in seen} <= below(CITY)

    @pytest.mark.parametrize("actor", [
        Actor(None, CITY, Role.HOUSE, ""),
        Actor(None, CITY, Role.SCHOOL, "H1"),
        Actor(None, CITY, Role.TRAVELLER, "H1"),
        Actor(None, "110000", Role.HOUSE, "H9"),
    ], ids=["no unit", "a role that the model does not name", "a traveller", "another unit"])  # fmt: skip
    def test_a_bound_role_without_a_path_of_its_own_sees_nothing(self, lines, actor):
        assert list(lines.seen_by(actor)) == []

    def test_whoever_lost_their_unit_does_not_see_the_rows_of_none(self, lines):
        AuditLine.objects.create(at=after(0), role=Role.ENTRY, place=CITY, act="of nobody", refused="")
        assert list(lines.seen_by(Actor(None, CITY, Role.HOUSE, ""))) == []

    def test_a_model_without_paths_shows_nothing_to_bound_roles(self, lines, monkeypatch):
        monkeypatch.delattr(AuditLine, "unit_paths")
        assert not lines.seen_by(Actor(None, CITY, Role.HOUSE, "H1")).exists()
        assert lines.seen_by(Actor(None, CITY, Role.QUARANTINE)).exists()

    def test_a_filter_stays_a_filter(self, lines):
        mine = lines.filter(refused="H0").seen_by(SYSTEM)
        assert mine.count() == len(CODES) - len(CODES) // 2

    def test_sight_is_a_range_that_an_index_serves(self, lines):
        sql = str(lines.seen_by(Actor(None, CITY, Role.COUNTY)).query)
        assert ">= 1401" in sql and "< 1402" in sql and "LIKE" not in sql


@pytest.mark.django_db
class TestTheCity:
    TEN = {
        "140105": "小店区", "140106": "迎泽区", "140107": "杏花岭区", "140108": "尖草坪区", "140109": "万柏林区",
        "140110": "晋源区", "140121": "清徐县", "140122": "阳曲县", "140123": "娄烦县", "140181": "古交市",
    }  # fmt: skip
    """GB/T 2260: six districts, three counties, one county-level city."""

    def test_the_ten_divisions_of_the_city_by_their_codes(self):
        a_city()
        assert {place.code: place.name_zh for place in counties_of(CITY)} == self.TEN
        assert [place.code for place in counties_of(CITY)] == sorted(self.TEN)
        assert counties_of("110000") == []

    def test_every_division_hangs_under_the_next_above_it(self):
        a_city()
        known = place_names()
        steps = {"county": "city", "city": "province", "province": "nation"}
        for place in known.values():
            above = known.get(place.parent_id)
            assert (above is None) == (place.kind == "nation")
            assert above is None or above.kind == steps[place.kind] and place.code.startswith(place_prefix(above.code))

    def test_each_county_has_one_office_that_receives_people_and_tasks(self):
        a_city()
        known = organisations()
        offices = {county: leading_group_of(county) for county in self.TEN}
        assert len(set(offices.values())) == 10
        assert all(known[code].place == county for county, code in offices.items())

    def test_every_organisation_sits_in_a_division_that_is_known(self):
        a_city()
        assert {one.place for one in organisations().values()} <= set(place_names())

    def test_names_follow_the_language(self):
        place = Place(code=COUNTY, name_zh="小店区", name_en="Xiaodian District")
        with override("en"):
            assert str(place) == place.name == "Xiaodian District"
        with override("zh-hans"):
            assert str(place) == "小店区"


@pytest.mark.django_db
def test_identifiers_of_rows_are_random_and_never_counted_up():
    first, second = (AuditLine.objects.create(at=after(n), role="entry", place=CITY, act="a") for n in (0, 1))
    assert isinstance(first.pk, uuid.UUID) and first.pk.version == 4 and first.pk != second.pk
