"""The schools' side of the story: ten in place, acceptance, the day of return."""

import math
import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from hucheng.core.clock import SHANGHAI
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.exercises.replay.staff import Colleague, acting, hire
from hucheng.exercises.replay.timeline import Day, Given, Work
from hucheng.schools import door as schools

SHOWN_SCHOOL, SHOWN_COUNTY = "S14010501", "140105"
"""The school and the county that have a sign-in of their own in the list."""
FIRST_SIGNS = {
    "云": "Yun",
    "松": "Song",
    "望": "Wang",
    "清": "Qing",
    "晨": "Chen",
    "书": "Shu",
    "鹿": "Lu",
    "砚": "Yan",
}
SECOND_SIGNS = {
    "溪": "xi", "岭": "ling", "川": "chuan", "泽": "ze", "岚": "lan", "庭": "ting", "洲": "zhou", "栖": "qi",
    "原": "yuan",
}  # fmt: skip
FAMILY, GIVEN = "顾陆沈裴闻祁季温舒简", ("疏桐", "明湛", "怀瑾", "若虚", "知夏", "望舒", "清和", "景行")
EVIDENCE = {
    1: "校长负责制已落实，领导、教师到岗，值班表已公布",
    2: "师生逐人核查完毕，健康证明齐全",
    3: "校门实名进出，无关人员不入校",
    4: "已按小班重编班级，教室间隔排座",
    5: "宿舍已重新分配，必要时借用邻校床位",
    6: "每日消毒通风，晨午晚测温，口罩按人储备",
    7: "分年级错时用餐，餐桌设隔板",
    8: "定点医院、临时观察室、校医在岗",
    9: "测温仪、消毒剂等物资入库登记",
    10: "九项自查完毕，申请逐校验收",
}
TITLES = {"plan": "2020 年春季复学工作方案", "control": "开学疫情防控预案", "case": "校内突发病例应急预案"}
MASKS = 6
RESERVE = 15
"""Days of masks that a school orders when its stock runs low: the least of the 15 to 20 asked for."""


def works() -> dict[str, Work]:
    """The acts of the story that this side answers for."""
    return {
        "school.register": register,
        "school.declare": self_check,
        "school.check": self_check,
        "school.accept": accept,
        "school.open": open_stage,
        "stage.announce": announce,
    }


def days(seed: int) -> list[Day]:
    """What this side does every day: masks are ordered before they run low, and looked at again."""
    return [("07:10", "school.check", partial(restock, seed)), ("16:40", "school.accept", accept_again)]


def register(given: Given, at: datetime) -> None:
    """The schools of the generator, their heads, the clerks of the counties."""
    rng = random.Random(given["seed"])
    found = _invented(rng, given)
    schools.register_schools(actor=acting("education"), schools=found, at=at)
    clerks = [
        Colleague(_clerk(code), _named(rng), "县区教育专干（虚构）", Role.COUNTY, code)
        for code in given["grade12_by_county"]
        if code != SHOWN_COUNTY
    ]
    hire(at, clerks)
    heads = [
        Colleague(_head(one.code), _named(rng), f"{one.name_zh}校长（虚构）", Role.SCHOOL, one.place, one.code)
        for one in found
        if one.code != SHOWN_SCHOOL
    ]
    hire(at, heads, password=None)


def announce(given: Given, at: datetime) -> None:
    """A stage with its day."""
    schools.announce_stage(
        actor=acting("education"),
        key=given["key"],
        name_zh=given["zh"],
        name_en=given["en"],
        grades=given["grades"],
        opens_on=date.fromisoformat(given["date"]),
        at=at,
    )


def self_check(given: Given, at: datetime) -> None:
    """Schools state their ten items, those that the story says they lack as missing. On ten items the head signs."""
    until = date.fromisoformat(given["valid_until"])
    missing = {(row["school"], row["item"]): row for row in given.get("missing", [])}
    for line in _chosen(given["schools"], at):
        code, head = line.school.code, acting(_head(line.school.code))
        rng = random.Random(f"{given['seed']}/{code}")
        statements = []
        for number in schools.TEN:
            lack = missing.get((code, number))
            if lack:
                statements.append(schools.Statement(number, False, lack["zh"], lack["figure"]))
            elif line.cells[number - 1].state not in (*schools.HOLDING, schools.State.TO_INSPECT):
                figure = _figure(rng, number, given["masks_days"])
                statements.append(schools.Statement(number, True, EVIDENCE[number], figure, f"{code}-{number}", until))
        schools.declare(actor=head, school_id=line.school.pk, statements=statements, at=at)
        if not line.pieces:
            schools.file_pieces(actor=head, school_id=line.school.pk, pieces=_pieces(rng, at), at=at)
        if not any(lack_of == code for lack_of, _number in missing):
            schools.sign(actor=head, school_ids=[line.school.pk], at=at)


def accept(given: Given, at: datetime) -> None:
    """Each county inspects its schools and signs, then the education bureau signs and looks again at some items.

    Schools that the act leaves out keep what holds of them: all that they stated is accepted but the tenth item.
    """
    wanted = {line.school.pk for line in _chosen(given["schools"], at)}
    everyone = [line for line in schools.lines(SYSTEM, at) if schools.Line.COUNTY not in line.signed]
    left_out = given["schools"].get("all_but", []) if isinstance(given["schools"], dict) else []
    for county, group in _by_county(everyone).items():
        clerk = acting(_clerk(county))
        ids = [
            cell.row.pk
            for line in group
            for cell in line.cells
            if cell.state == schools.State.TO_INSPECT
            and (line.school.pk in wanted or (line.school.code in left_out and cell.row.number < len(schools.TEN)))
        ]
        if ids:
            schools.inspect(actor=clerk, item_ids=ids, answer=schools.Verdict.Answer.ACCEPTED, at=at)
        if here := [line.school.pk for line in group if line.school.pk in wanted]:
            schools.sign(actor=clerk, school_ids=here, at=at)
    if signed := [line.school.pk for line in everyone if line.school.pk in wanted]:
        schools.sign(actor=acting("education"), school_ids=signed, at=at)
    _look_again(given, {line.school.code for line in everyone if line.school.pk in wanted}, at)


def open_stage(given: Given, at: datetime) -> None:
    """Every accepted school that may return opens; where none may, nobody is asked."""
    bureau = acting("education")
    if ready := [school.pk for school in schools.ready_for(bureau, given["stage"], at)]:
        schools.open_schools(actor=bureau, key=given["stage"], school_ids=ready, at=at)


def restock(seed: int, at: datetime) -> None:
    """Schools whose masks lapse by tomorrow have ordered and state the new stock."""
    today = at.astimezone(SHANGHAI).date()
    for line in schools.lines(SYSTEM, at):
        cell = line.cells[MASKS - 1]
        if (
            schools.Line.SCHOOL not in line.signed
            or cell.row.valid_until is None
            or (cell.row.valid_until - today).days > 1
        ):
            continue
        code, check = line.school.code, cell.row.declared
        figure = random.Random(f"{seed}/{today}/{code}").randint(RESERVE, RESERVE + 9)
        until = max(check.valid_until, today) if check and check.valid_until else today
        statement = schools.Statement(MASKS, True, EVIDENCE[MASKS], figure, f"{code}-{MASKS}-{today:%m%d}", until)
        schools.declare(actor=acting(_head(code)), school_id=line.school.pk, statements=[statement], at=at)


def accept_again(at: datetime) -> None:
    """The counties look at what accepted schools have stated anew."""
    for county, group in _by_county(_accepted(at)).items():
        waiting = [c.row.pk for line in group for c in line.cells if c.state == schools.State.TO_INSPECT]
        if waiting:
            answer = schools.Verdict.Answer.ACCEPTED
            schools.inspect(actor=acting(_clerk(county)), item_ids=waiting, answer=answer, at=at)


def _invented(rng: random.Random, given: Given) -> list[schools.SchoolIn]:
    mean, sigma = given["grade12_per_school"]["mean"], given["grade12_per_school"]["sigma"]
    names = [(a + b, FIRST_SIGNS[a] + SECOND_SIGNS[b]) for a in FIRST_SIGNS for b in SECOND_SIGNS]
    rng.shuffle(names)
    found = []
    for county, count in given["grade12_by_county"].items():
        for number in range(1, count + 1):
            code, (zh, en) = f"S{county}{number:02}", names.pop()
            complete = rng.random() < given["with_grade_9"] and code != SHOWN_SCHOOL
            pupils = round(rng.lognormvariate(math.log(mean) - sigma**2 / 2, sigma))
            name = ("小店区第一高级中学", "Xiaodian First Senior High School") if code == SHOWN_SCHOOL else (
                f"{zh}{'中学' if complete else '高级中学'}", f"{en} {'Middle' if complete else 'Senior High'} School"
            )  # fmt: skip
            kind, first = ("complete", 7) if complete else ("senior", 10)
            found.append(schools.SchoolIn(code, county, *name, kind, first, 12, pupils))
    return found


def _named(rng: random.Random) -> str:
    return rng.choice(FAMILY) + rng.choice(GIVEN)


def _pieces(rng: random.Random, at: datetime) -> list[schools.PieceIn]:
    """Plan, two contingency plans rehearsed in the days before, three task forces under their heads."""
    drill = at.astimezone(SHANGHAI).date() - timedelta(days=rng.randint(1, 6))
    return [
        schools.PieceIn(
            kind,
            _named(rng) if kind in schools.FORCES else TITLES[kind],
            people=rng.randint(4, 12) if kind in schools.FORCES else 0,
            drilled_on=drill if kind in schools.CONTINGENCIES else None,
        )
        for kind in schools.PlanPiece.Kind
    ]


def _chosen(wanted: Any, at: datetime) -> list[schools.SchoolLine]:
    """The schools that an act names: a list of codes, the first so many, or all but some."""
    every = schools.lines(SYSTEM, at)
    if isinstance(wanted, list):
        return [line for line in every if line.school.code in wanted]
    if "first" in wanted:
        return every[: wanted["first"]]
    return [line for line in every if line.school.code not in wanted["all_but"]]


def _figure(rng: random.Random, number: int, masks: list[int]) -> int | None:
    drawn = rng.randint(*masks)
    usual = {2: 0, 4: rng.randint(24, 30), 5: rng.randint(2, 3), 8: rng.randint(1, 3), 9: rng.randint(4, 16)}
    if number == MASKS:
        return drawn if drawn > 8 else drawn + RESERVE
    return usual.get(number)


def _look_again(given: Given, codes: set[str], at: datetime) -> None:
    rng = random.Random(f"{given['seed']}/{at}")
    held = [c for line in schools.lines(SYSTEM, at) if line.school.code in codes for c in line.cells]
    ids = [cell.row.pk for cell in held if rng.random() < given["spot_checked"] and cell.row.number < len(schools.TEN)]
    if ids:
        answer = schools.Verdict.Answer.SPOT_CHECKED
        schools.inspect(actor=acting("education"), item_ids=ids, answer=answer, at=at)


def _accepted(at: datetime) -> list[schools.SchoolLine]:
    return [line for line in schools.lines(SYSTEM, at) if len(line.signed) == len(schools.Line)]


def _by_county(lines: Iterable[schools.SchoolLine]) -> dict[str, list[schools.SchoolLine]]:
    groups: dict[str, list[schools.SchoolLine]] = {}
    for line in lines:
        groups.setdefault(line.school.place, []).append(line)
    return groups


def _head(code: str) -> str:
    return "school" if code == SHOWN_SCHOOL else f"head-{code}"


def _clerk(county: str) -> str:
    return "county" if county == SHOWN_COUNTY else f"clerk-{county}"
