"""`hucheng rooms`: a zone closes, a flight lands; bad input is told and nothing is written."""

import json

import pytest
from click.testing import CliRunner

from hucheng.engines.planning.rooms.command import rooms_group
from hucheng.engines.planning.rooms.tests.cases import alone, an_instance

TOLD = an_instance(([1, 1], [1, 1]), (alone(), alone(flight=1)), ((0, 600), (0, 660)))


def run(tmp_path, command, plan, *options, told=TOLD):
    (tmp_path / "in.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "old.json").write_text(json.dumps(plan), encoding="utf-8")
    warm = ("--warm", str(tmp_path / "old.json")) if plan is not None else ()
    arguments = [command, str(tmp_path / "in.json"), *warm, "--out", str(tmp_path / "new.json"), *options]
    result = CliRunner().invoke(rooms_group, arguments)
    new = tmp_path / "new.json"
    return result.exit_code, json.loads(result.output), json.loads(new.read_text()) if new.exists() else None


def test_when_a_zone_closes_those_in_it_move_and_are_named(tmp_path):
    old = {"assign": [[[0, 1, 0, 0]], [[2, 1, 0, 0]]]}
    code, line, new = run(tmp_path, "close", old, "--zone", "0")
    assert (code, line["hit"], line["moved"], line["stuck"]) == (0, [0], [0], [])
    assert new == {"assign": [[[3, 1, 0, 0]], [[2, 1, 0, 0]]]}


def test_who_finds_no_room_is_named_and_no_plan_is_written(tmp_path):
    old = {"assign": [[[0, 1, 0, 0]], [[2, 1, 0, 0]]]}
    code, line, new = run(tmp_path, "close", old, "--zone", "0", "--zone", "1")
    assert (code, line["stuck"], new) == (1, [0, 1], None)


def test_flights_land_in_turn_and_nobody_moves(tmp_path):
    code, line, first = run(tmp_path, "land", None, "--flight", "0", "--rooms-to-come", "1")
    assert (code, line["placed"], first["assign"][1]) == (0, 1, [])
    code, line, second = run(tmp_path, "land", first, "--flight", "1")
    assert code == 0 and second["assign"][0] == first["assign"][0] and second["assign"][1]


def test_a_flight_without_rooms_is_told_so(tmp_path):
    told = an_instance(([1],), (alone(), alone(flight=1)), ((0, 600), (0, 660)))
    code, line, new = run(tmp_path, "land", {"assign": [[[0, 1, 0, 0]], []]}, "--flight", "1", told=told)
    assert (code, line["status"], new) == (1, "no_plan_yet", None)


@pytest.mark.parametrize(
    ("plan", "options", "refusal"),
    [
        ({"assign": [[[0, 1, 0, 0]], []]}, ("--zone", "7"), "out_of_range"),
        ({"assign": [[[0, 1, 0, 0]]]}, ("--zone", "0"), "bad_warm_plan"),
        ({"assign": [[[0, 1, 0, 0]], [[0, 1, 0, 0]]]}, ("--zone", "0"), "bad_warm_plan"),
        ({"assign": [[["a"]], []]}, ("--zone", "0"), "bad_warm_plan"),
        ([], ("--zone", "0"), "bad_warm_plan"),
    ],
    ids=["zone", "short", "illegal", "text", "list"],
)
def test_bad_input_is_told_and_nothing_is_written(tmp_path, plan, options, refusal):
    code, line, new = run(tmp_path, "close", plan, *options)
    assert (code, line["code"], new) == (2, refusal, None)


def test_a_flight_that_is_not_in_the_file_is_refused(tmp_path):
    code, line, _ = run(tmp_path, "land", None, "--flight", "2")
    assert (code, line["code"], line["path"]) == (2, "out_of_range", "--flight")
