"""Instances that cannot be read: one clear error with its place."""

import json

import pytest

from hucheng.engines.planning.problems import read_instance
from hucheng.engines.planning.refusal import PlanRefused
from hucheng.engines.planning.rooms.tests.cases import an_instance


def broken(change):
    told = json.loads(json.dumps(an_instance(zones=([2, 1], [3]), locked={1: [0, 0, [0]]})))
    change(told)
    return told


@pytest.mark.parametrize(
    ("code", "path", "change"),
    [
        ("missing_key", "params", lambda told: told["params"].pop("w_mix")),
        ("out_of_range", "params.w_room", lambda told: told["params"].update(w_room=-1)),
        ("not_whole", "params.w_zone", lambda told: told["params"].update(w_zone=0.5)),
        ("not_a_flag", "params.sharing", lambda told: told["params"].update(sharing=2)),
        ("not_a_list", "flights", lambda told: told.update(flights={})),
        ("not_text", "flights[0].id", lambda told: told["flights"][0].update(id=7)),
        ("backwards", "flights[0].arrive", lambda told: told["flights"][0].update(day=3)),
        ("not_an_object", "zones[1]", lambda told: told["zones"].__setitem__(1, 4)),
        ("out_of_range", "zones[1].locked[2][0]", lambda told: told["zones"][1].update(locked=[0, 0, [5]])),
        ("wrong_length", "zones[1].locked", lambda told: told["zones"][1].update(locked=[0])),
        ("zone_without_rooms", "zones[1]", lambda told: told["rooms"].pop()),
        ("out_of_range", "rooms[0][0]", lambda told: told["rooms"][0].__setitem__(0, 9)),
        ("out_of_range", "rooms[0][1]", lambda told: told["rooms"][0].__setitem__(1, 0)),
        ("wrong_length", "rooms[0]", lambda told: told["rooms"][0].pop()),
        ("out_of_range", "groups[0][0]", lambda told: told["groups"][0].__setitem__(0, 1)),
        ("out_of_range", "groups[0][2]", lambda told: told["groups"][0].__setitem__(2, 10**6)),
        ("empty_party", "groups[0]", lambda told: told["groups"].__setitem__(0, [0] * 8)),
        ("party_beyond_rooms", "groups[0]", lambda told: told["groups"].__setitem__(0, [0, 0, 1, 0, 3, 0, 0, 0])),
        ("party_beyond_rooms", "groups[0]", lambda told: told["groups"].__setitem__(0, [0, 0, 0, 0, 1, 0, 0, 0])),
    ],
)
def test_a_bad_instance_is_refused_with_its_place(code, path, change):
    with pytest.raises(PlanRefused) as refusal:
        read_instance("rooms", broken(change))
    assert (refusal.value.code, refusal.value.path) == (code, path)


def test_a_large_party_of_adults_is_no_error():
    assert read_instance("rooms", an_instance(groups=([0, 0, 9, 0, 0, 0, 0, 0],))).groups[0].size == 9
