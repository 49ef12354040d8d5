"""Parts of companies, and placements that are kept."""

from hypothesis import given

from hucheng.engines.planning.tests.cases import USES, a_guest, a_room, guest_lists
from hucheng.engines.planning.units import Unit, keep_placements, parts

COUPLE = [a_guest("a", "p"), a_guest("b", "p")]


def kept(group, rooms, keep, used=None):
    return keep_placements([group], {room.id: room for room in rooms}, used or {}, keep)


@given(guest_lists())
def test_parts_and_refusals_name_everybody_once(guests):
    found, refused = parts(guests)
    named = [guest.id for part in found for guest in part] + [one.guest for one in refused]
    assert sorted(named) == sorted(guest.id for guest in guests)


@given(guest_lists())
def test_a_part_has_one_use_and_an_adult_for_its_dependents(guests):
    for part in parts(guests)[0]:
        assert len({guest.use for guest in part}) == 1
        assert any(guest.adult for guest in part) or not any(guest.dependent for guest in part)


def test_a_company_of_two_classes_has_two_parts():
    found, refused = parts([a_guest("a", "p"), a_guest("b", "p", use=USES[1])])
    assert [[guest.id for guest in part] for part in found] == [["a"], ["b"]] and not refused


def test_kept_people_stay_and_leave_nothing_to_place():
    found = kept(COUPLE, [a_room("1", beds=2)], {"a": "1", "b": "1"})
    assert dict(found.placements) == {"a": "1", "b": "1"}
    assert found.units == [] and found.refused == []


def test_a_companion_joins_in_a_free_bed():
    found = kept(COUPLE, [a_room("1", beds=2)], {"a": "1"})
    assert dict(found.placements) == {"a": "1", "b": "1"}


def test_a_companion_without_a_bed_is_pinned_to_the_floor():
    found = kept(COUPLE, [a_room("301", 3)], {"a": "301"})
    assert found.units == [Unit((COUPLE[1],), ("H01", 3))]


def test_a_room_too_small_or_gone_or_of_another_class_is_not_kept():
    one, gone = [a_room("1")], {"a": "9", "b": "9"}
    assert [no.code for no in kept(COUPLE, one, {"a": "1", "b": "1"}).refused] == ["cannot_keep"] * 2
    assert [no.code for no in kept(COUPLE, one, gone).refused] == ["cannot_keep"] * 2
    mixed = kept(COUPLE[:1], one, {"a": "1"}, {("H01", 1): USES[1]})
    assert [no.code for no in mixed.refused] == ["cannot_keep"]


def test_a_company_is_not_kept_on_two_floors():
    found = kept(COUPLE, [a_room("1"), a_room("2", 2)], {"a": "1", "b": "2"})
    assert dict(found.placements) == {"a": "1"}
    assert [no.guest for no in found.refused] == ["b"]


def test_a_child_is_not_kept_without_the_parent():
    family = [a_guest("mother", "p"), a_guest("child", "p", 6)]
    found = kept(family, [a_room("1"), a_room("2")], {"mother": "1", "child": "2"})
    assert [no.guest for no in found.refused] == ["child"]


def test_two_companies_are_not_kept_in_one_room():
    rooms = {"1": a_room("1", beds=2)}
    found = keep_placements([[a_guest("a")], [a_guest("b")]], rooms, {}, {"a": "1", "b": "1"})
    assert dict(found.placements) == {"a": "1"} and [no.guest for no in found.refused] == ["b"]


def test_what_is_kept_decides_what_the_floor_is_for():
    rooms = {room.id: room for room in (a_room("1"), a_room("2"))}
    found = keep_placements([[a_guest("a")], [a_guest("b", use=USES[1])]], rooms, {}, {"a": "1", "b": "2"})
    assert [no.guest for no in found.refused] == ["b"]
