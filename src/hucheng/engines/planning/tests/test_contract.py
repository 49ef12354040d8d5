"""What every planning problem shares: the anytime search, its process, readable errors, steps that repeat."""

import json
import time

import pytest
from click.testing import CliRunner

from hucheng.engines.planning.answer import Conflict, Verdict, Violation
from hucheng.engines.planning.command import plan as plan_command
from hucheng.engines.planning.duty.tests.makers import a_leader, an_instance
from hucheng.engines.planning.process import solve_apart
from hucheng.engines.planning.reading import At
from hucheng.engines.planning.refusal import PlanRefused
from hucheng.engines.planning.search import Search
from hucheng.engines.planning.solving import judge, read_instance, solve
from hucheng.engines.words.bilingual import Bilingual


def a_search(**options):
    """Plans cost what they say; a plan that says so is illegal."""
    faults = (Violation("a_rule", "0"),)
    return Search(
        lambda plan: Verdict({"cost": plan["cost"]}, faults if plan.get("illegal") else ()), **{"seconds": 60} | options
    )


def test_an_illegal_plan_is_never_kept_however_cheap():
    search = a_search()
    assert not search.offer({"cost": 1, "illegal": True})
    assert search.best is None and search.answer().status == "no_plan_yet"


def test_the_trace_only_improves():
    search = a_search()
    for cost, bound in [(9, 1), (12, 3), (7, 2), (7, 4)]:
        search.offer({"cost": cost})
        search.raise_bound(bound)
    objectives, bounds = [p.objective for p in search.trace], [p.bound for p in search.trace if p.bound is not None]
    assert objectives == sorted(objectives, reverse=True) and bounds == sorted(bounds)
    assert (search.objective, search.bound) == (7, 4)
    assert search.answer().gap == pytest.approx(1 - 4 / 7)


def test_a_plan_that_meets_the_bound_is_optimal_and_ends_the_search():
    search = a_search()
    search.raise_bound(5)
    search.offer({"cost": 5})
    assert search.over() and search.answer().status == "optimal" and search.answer().gap == 0


def test_a_bound_that_rounding_pushed_over_a_plan_is_capped():
    search = a_search()
    search.offer({"cost": 5})
    search.raise_bound(5.0000004)
    assert search.bound == 5


def test_a_cancel_ends_the_time_left():
    search = a_search(cancelled=lambda: True)
    assert search.left == 0 and search.over()


def test_a_conflict_ends_the_search_without_a_bound():
    search = a_search()
    search.raise_bound(3)
    search.give_up(Conflict(("a_rule",), Bilingual("", ""), ()))
    assert search.over() and search.answer().status == "infeasible" and search.answer().bound is None


def test_a_conflict_whose_search_was_cut_short_is_not_named():
    search = a_search(cancelled=lambda: True)
    search.give_up(Conflict(("a_rule",), Bilingual("", ""), ()))
    assert search.conflict is None and search.answer().status == "no_plan_yet"


def test_a_budget_of_steps_counts_down_with_one_worker_and_no_clock():
    search = a_search(seconds=0, steps=2)
    assert search.workers == 1 and search.left == float("inf")
    assert [search.step(), search.step(), search.step()] == [True, True, False]


def test_the_same_seed_and_steps_give_the_same_plan():
    instance = an_instance(days=9, leaders=[a_leader(portfolio=p, avoid=(1, 4)) for p in "abcdefg"], min_gap=3)
    first, second = (solve("duty", instance, seconds=0, seed=7, steps=1) for _ in range(2))
    assert first.plan == second.plan is not None


@pytest.mark.parametrize(
    "plan",
    [[], {"duty": [[0, -1]]}, {"duty": [[0, 99]]}, {"duty": [[0, 1.0]]}, {"duty": None}, {}],
    ids=["list", "negative", "index", "float", "null", "empty"],
)
def test_a_plan_of_the_wrong_shape_is_illegal_not_a_crash(plan):
    verdict = judge("duty", read_instance("duty", an_instance(days=1)), plan)
    assert [fault.rule for fault in verdict.violations] == ["malformed_plan"]


def test_a_warm_plan_of_the_wrong_shape_is_refused():
    with pytest.raises(PlanRefused) as refusal:
        solve("duty", an_instance(), seconds=5, warm={"duty": "no"})
    assert refusal.value.code == "bad_warm_plan"


def broken(**changes):
    return an_instance() | changes


@pytest.mark.parametrize(
    ("code", "path", "instance"),
    [
        ("other_problem", "problem", broken(problem="rooms")),
        ("not_an_object", "", []),
        ("missing_key", "", {"problem": "duty"}),
        ("not_whole", "days", broken(days=3.5)),
        ("not_whole", "days", broken(days=True)),
        ("out_of_range", "days", broken(days=-1)),
        ("not_a_list", "leaders", broken(leaders={})),
        ("not_a_flag", "leaders[0].chief", broken(leaders=[a_leader() | {"chief": "yes"}])),
        ("not_text", "leaders[0].portfolio", broken(leaders=[a_leader() | {"portfolio": 4}])),
        ("out_of_range", "leaders[1].away[0]", broken(leaders=[a_leader(), a_leader(away=(77,))])),
        ("missing_key", "params", broken(params={})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bad_input_is_told_with_its_place_in_the_file(code, path, instance):
    with pytest.raises(PlanRefused) as refusal:
        solve("duty", instance, seconds=1)
    assert (refusal.value.code, refusal.value.path) == (code, path)
    assert refusal.value.why.zh and refusal.value.do.en


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("wrong_length", lambda: At([1], "a").items(2)),
        ("not_a_number", lambda: At("1", "a").number()),
        ("out_of_range", lambda: At(float("nan"), "a").number()),
        ("backwards", lambda: At([5, 2], "a").span(0, 9)),
        ("not_an_object", lambda: dict(At(1, "a").pairs())),
    ],
    ids=["length", "number", "nan", "backwards", "pairs"],
)
def test_values_are_read_strictly(code, read):
    with pytest.raises(PlanRefused) as refusal:
        read()
    assert refusal.value.code == code and refusal.value.path == "a"


def a_hard_instance():
    leaders = [a_leader(portfolio=str(n % 9), chief=n % 2 == 0, avoid=tuple(range(n, 120, 7))) for n in range(40)]
    return an_instance(days=365, leaders=leaders, holidays=list(range(0, 365, 6)), min_gap=3)


def test_a_cancel_ends_the_process_and_keeps_the_best_plan():
    asked = []

    def after_the_first_plan():
        return bool(asked)

    def hear(point, plan):
        if plan is not None:
            asked.append(time.monotonic())

    answer = solve_apart("duty", a_hard_instance(), seconds=300, on_progress=hear, cancelled=after_the_first_plan)
    assert time.monotonic() - asked[0] < 30
    assert answer.status == "best_so_far" and answer.plan is not None


def test_a_search_beyond_its_memory_keeps_the_plan_it_had():
    answer = solve_apart("duty", a_hard_instance(), seconds=3, memory_mb=64)
    assert answer.status == "best_so_far" and answer.plan is not None


def test_a_search_beyond_its_memory_without_a_plan_is_refused_with_the_limit():
    nobody_on_the_first_day = [a_leader(portfolio=str(n % 9), away=(0,)) for n in range(900)]
    with pytest.raises(PlanRefused) as refusal:
        solve_apart("duty", an_instance(days=3000, leaders=nobody_on_the_first_day), seconds=3, memory_mb=64)
    assert refusal.value.code == "out_of_memory"


def test_a_refusal_crosses_from_the_process():
    with pytest.raises(PlanRefused) as refusal:
        solve_apart("duty", an_instance(days=0), seconds=1)
    assert refusal.value.path == "days"


def run_command(tmp_path, text, *options):
    (tmp_path / "in.json").write_text(text, encoding="utf-8")
    arguments = ["duty", str(tmp_path / "in.json"), "--out", str(tmp_path / "out.json"), *options]
    result = CliRunner().invoke(plan_command, arguments)
    return result.exit_code, json.loads(result.output)


def test_the_command_prints_one_line_and_writes_the_plan(tmp_path):
    code, line = run_command(tmp_path, json.dumps(an_instance()), "--seconds", "20")
    assert code == 0 and line["status"] == "optimal" and line["gap"] == 0 and line["trace"]
    plan = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert judge("duty", read_instance("duty", an_instance()), plan).legal


def test_the_command_starts_from_a_plan(tmp_path):
    (tmp_path / "warm.json").write_text('{"duty": [[0, 1], [2, 3], [0, 1], [2, 3]]}', encoding="utf-8")
    warm = ("--warm", str(tmp_path / "warm.json"), "--steps", "1")
    code, line = run_command(tmp_path, json.dumps(an_instance()), *warm)
    assert code == 0 and line["trace"][0][1] == 0


def test_the_command_tells_a_conflict_and_writes_no_plan(tmp_path):
    code, line = run_command(tmp_path, json.dumps(an_instance(leaders=[a_leader(), a_leader()])), "--seconds", "20")
    assert code == 1 and line["conflict"]["zh"] and not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "NaN garbage"], ids=["open", "deep", "words"])
def test_the_command_tells_a_file_that_is_no_json(tmp_path, text):
    code, line = run_command(tmp_path, text)
    assert code == 2 and line["code"] == "not_json"
