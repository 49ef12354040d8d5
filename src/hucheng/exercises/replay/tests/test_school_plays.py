"""Schools of the story in a small city of five: what each states, who accepts it, and on which day it opens."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest

from hucheng.core.accounts.models import User
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.exercises.replay import schools as side
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.testing import a_staffed_city, at
from hucheng.schools import door as schools

pytestmark = pytest.mark.django_db
GIVEN = {
    "seed": 23, "grade12_by_county": {"140105": 3, "140123": 2}, "with_grade_9": 0.5,
    "grade12_per_school": {"mean": 450, "sigma": 0.5},
}  # fmt: skip
FIVE = ["S14010501", "S14010502", "S14010503", "S14012301", "S14012302"]
CHECK = {"seed": 23, "valid_until": "2020-06-30", "masks_days": [6, 24]}
LACKS = {"school": "S14012301", "item": 8, "zh": "校医未到岗", "figure": 0}


@pytest.fixture
def registered():
    a_staffed_city()
    side.register(GIVEN, at("03-18", 10))


@pytest.fixture
def checked(registered):
    """All but one have stated all ten; that one lacks an item."""
    side.self_check(CHECK | {"schools": {"all_but": ["S14012301"]}}, at("03-18", 11))
    side.self_check(CHECK | {"schools": ["S14012301"], "missing": [LACKS]}, at("03-18", 11, 5))


@pytest.fixture
def accepted(checked):
    given = {"seed": 23, "schools": {"all_but": ["S14012301"]}, "spot_checked": 0.5}
    side.accept(given, at("03-18", 15))
    side.announce(
        {"key": "grade-12", "zh": "高三返校", "en": "Grade 12", "grades": [12], "date": "2020-03-25"}, at("03-18", 16)
    )


def lines(when=None):
    return {line.school.code: line for line in schools.lines(SYSTEM, when or at("03-18", 17))}


class TestRegister:
    def test_each_county_has_its_schools_with_a_head_and_a_clerk_who_may_act(self, registered):
        assert sorted(lines()) == FIVE
        for code in FIVE:
            head = acting(side._head(code))
            assert (head.role, head.unit, head.place) == (Role.SCHOOL, code, code[1:7])
        assert acting(side._clerk("140123")).place == "140123" and acting(side._clerk("140105")).place == "140105"

    def test_heads_sign_in_nowhere_but_the_shown_one(self, registered):
        usable = {
            user.username for user in User.objects.filter(username__startswith="head-") if user.has_usable_password()
        }
        assert usable == set() and acting("school").unit == side.SHOWN_SCHOOL

    def test_names_differ_in_both_languages_and_the_shown_school_is_a_senior_one(self, registered):
        found = [line.school for line in lines().values()]
        assert len({one.name_zh for one in found}) == len({one.name_en for one in found}) == 5
        shown = lines()[side.SHOWN_SCHOOL].school
        assert shown.name_zh == "小店区第一高级中学" and 9 not in shown.grades
        assert {(9 in one.grades, one.name_zh.endswith("高级中学")) for one in found} == {(True, False), (False, True)}

    @pytest.mark.parametrize("share", [0, 1])
    def test_as_many_have_a_grade_nine_as_is_drawn(self, share):
        found = side._invented(random.Random(1), GIVEN | {"with_grade_9": share})
        complete = {one.code for one in found if one.first_grade == 7}
        assert complete == (set(FIVE) - {side.SHOWN_SCHOOL} if share else set())


class TestStating:
    def test_whoever_has_all_ten_signs_and_whoever_lacks_one_does_not(self, checked):
        signed = {code for code, line in lines().items() if schools.Line.SCHOOL in line.signed}
        assert signed == set(FIVE) - {"S14012301"}
        lacking = lines()["S14012301"].cells[7]
        assert lacking.row.number == 8 and lacking.row.declared.in_place is False

    def test_every_statement_has_its_evidence_and_masks_for_more_than_a_week(self, checked):
        for code, line in lines().items():
            for cell in line.cells:
                if (code, cell.row.number) != ("S14012301", 8):
                    assert cell.row.declared.evidence == side.EVIDENCE[cell.row.number]
            assert line.cells[side.MASKS - 1].row.declared.figure > 8

    def test_plans_and_task_forces_are_filed_once_with_drills_in_the_days_before(self, checked):
        side.self_check(CHECK | {"schools": ["S14012301"], "missing": [LACKS]}, at("03-19", 11))
        for line in lines(at("03-19", 12)).values():
            assert set(line.pieces) == set(schools.PlanPiece.Kind)
            drills = [line.pieces[kind].drilled_on for kind in schools.CONTINGENCIES]
            assert all(timedelta(1) <= date(2020, 3, 18) - day <= timedelta(6) for day in drills)
        assert schools.PlanPiece.objects.count() == 5 * len(schools.PlanPiece.Kind)

    def test_what_was_missing_is_stated_later_and_then_the_head_signs(self, checked):
        side.self_check(CHECK | {"schools": ["S14012301"]}, at("03-29", 9))
        line = lines(at("03-29", 10))["S14012301"]
        assert schools.Line.SCHOOL in line.signed and line.cells[7].row.declared.in_place

    @pytest.mark.parametrize(
        ("wanted", "codes"),
        [
            (["S14010502"], ["S14010502"]),
            ({"first": 2}, FIVE[:2]),
            ({"all_but": ["S14010501", "S14012302"]}, FIVE[1:4]),
            ([], []),
            ({"first": 9}, FIVE),
        ],
    )
    def test_an_act_names_schools_by_code_by_order_or_by_what_it_leaves_out(self, registered, wanted, codes):
        assert [line.school.code for line in side._chosen(wanted, at("03-18", 11))] == codes

    @pytest.mark.parametrize("number", range(1, 11))
    def test_figures_of_an_item_lie_within_its_limits(self, number):
        drawn = [side._figure(random.Random(n), number, [6, 24]) for n in range(200)]
        within = {2: (0, 0), 4: (24, 30), 5: (2, 3), 6: (9, 24), 8: (1, 3), 9: (4, 16)}.get(number)
        if within is None:
            assert set(drawn) == {None}
        else:
            assert within[0] <= min(drawn) and max(drawn) <= within[1]


class TestAccepting:
    def test_whoever_is_accepted_has_three_signatures_and_whoever_is_left_out_has_none_of_the_two(self, accepted):
        signed = {code: set(line.signed) for code, line in lines().items()}
        assert all(signed[code] == set(schools.Line) for code in set(FIVE) - {"S14012301"})
        assert signed["S14012301"] == set()

    def test_of_a_school_left_out_all_that_holds_is_accepted_but_the_tenth_item(self, accepted):
        states = {cell.row.number: cell.state for cell in lines()["S14012301"].cells}
        assert states[10] == schools.State.TO_INSPECT and states[8] not in schools.HOLDING
        assert all(states[number] in schools.HOLDING for number in set(schools.TEN) - {8, 10})

    def test_some_items_are_looked_at_again_and_never_the_last(self, accepted):
        again = Counter(
            cell.row.number
            for line in lines().values()
            for cell in line.cells
            if cell.state == schools.State.SPOT_CHECKED
        )
        assert 5 < again.total() < 35 and 10 not in again

    def test_on_the_day_of_the_stage_every_accepted_school_opens_once(self, accepted):
        side.open_stage({"stage": "grade-12"}, at("03-25", 7))
        assert {one.school.code for one in schools.Opening.objects.all()} == set(FIVE) - {"S14012301"}
        side.open_stage({"stage": "grade-12"}, at("03-26", 7))
        assert schools.Opening.objects.count() == 4
        assert {one.day for one in schools.Opening.objects.all()} == {date(2020, 3, 25)}

    def test_before_its_day_nothing_opens(self, accepted):
        with pytest.raises(Refusal) as no:
            side.open_stage({"stage": "grade-12"}, at("03-24", 7))
        assert no.value.code == "not_yet" and not schools.Opening.objects.exists()

    def test_accepting_those_who_are_accepted_signs_nothing_twice(self, accepted):
        before = {code: dict(line.signed) for code, line in lines().items()}
        side.accept({"seed": 23, "schools": ["S14010501"], "spot_checked": 0}, at("03-19", 15))
        assert {code: dict(line.signed) for code, line in lines(at("03-19", 16)).items()} == before


class TestMasks:
    def masks(self, when):
        return {code: line.cells[side.MASKS - 1] for code, line in lines(when).items()}

    def test_a_school_orders_a_day_before_its_stock_runs_out_and_the_county_looks_again(self, accepted):
        restocked = set()
        for later in range(26):
            day = at("03-19", 7, 10) + timedelta(days=later)
            before = self.masks(day)
            side.restock(23, day)
            side.accept_again(day + timedelta(hours=9))
            now = self.masks(day + timedelta(hours=10))
            ordered = {code for code in FIVE if now[code].row.declared != before[code].row.declared}
            assert {(before[code].row.valid_until - day.date()).days for code in ordered} <= {1}
            assert all(now[code].state in schools.HOLDING for code in set(FIVE) - {"S14012301"}), later
            restocked |= ordered
        assert restocked and "S14012301" not in restocked, "a school that has not signed orders nothing of its own"

    def test_on_the_first_day_nobody_orders(self, accepted):
        before = self.masks(at("03-18", 17))
        side.restock(23, at("03-18", 18))
        after = self.masks(at("03-18", 19))
        assert all(after[code].row.declared == before[code].row.declared for code in FIVE)
