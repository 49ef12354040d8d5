"""What a demand could be measured by, and the day that its deadline names."""

import re
from datetime import date
from functools import cache
from importlib.resources import files

from hucheng.engines.minutes.due import day_of, days_on, end_of_month, end_of_quarter, end_of_week, working_days_on
from hucheng.engines.words.bilingual import Bilingual
from hucheng.engines.words.numerals import NUMERAL, whole_number

DAY = re.compile(rf"(?:(?P<year>\d{{4}})年)?(?P<month>{NUMERAL})月(?P<day>{NUMERAL})[日号]")
PART = re.compile(rf"(?:(?P<year>20\d\d)年)?(?P<month>{NUMERAL})月(?:份)?(?P<part>上旬|中旬|下旬|初|底|末)")
WITHIN = re.compile(rf"(?P<number>{NUMERAL})(?P<unit>小时|个工作日|天|日|周|个月)(?:以内|之内|内)")
LAST_DAYS = {"上旬": 10, "初": 10, "中旬": 20}
UNITS = {"天": 1, "日": 1, "周": 7, "个月": 30}
QUARTERS = {
    "一季度": 3,
    "首季": 3,
    "二季度": 6,
    "上半年": 6,
    "三季度": 9,
    "四季度": 12,
    "年内": 12,
    "年底": 12,
    "全年": 12,
}
TODAY = ("今天", "今日", "今晚", "当天", "当日", "当晚", "立即", "即刻", "马上")


def suggested_measure(text: str, counted: bool, language: str = "words") -> Bilingual | None:
    """Give what a demand could be measured by; None for one that nobody could verify.

    language  the column of expressions that fits the text: `words` are Chinese, `english` English
    """
    if not counted:
        return None
    return next(said for words, said in _measures(language) if words.search(text))


@cache
def _measures(language: str = "words") -> tuple[tuple[re.Pattern[str], Bilingual], ...]:
    import yaml

    with files(__package__).joinpath("data/measures.yaml").open(encoding="utf-8") as stream:
        rows = yaml.safe_load(stream)["measures"]
    return tuple((re.compile(row[language], re.IGNORECASE), Bilingual(row["zh"], row["en"])) for row in rows)


def due_day(deadline: str | None, held: date | None) -> date | None:
    """Give the last day that a deadline names, counted from the day of the meeting; None where it names none.

    A day without its year is the first such day from the meeting on; 及时 and feasts name no day.
    """
    if deadline is None or held is None:
        return None
    if named := DAY.search(deadline):
        return _named(named, held)
    if part := PART.search(deadline):
        counted = date(int(part["year"]), 1, 1) if part["year"] else held
        return end_of_month(whole_number(part["month"]) or 0, counted, LAST_DAYS.get(part["part"]))
    if within := WITHIN.search(deadline):
        return _within(within, held)
    return _by_word(deadline, held)


def _named(found: re.Match[str], held: date) -> date | None:
    month, day = whole_number(found["month"]), whole_number(found["day"])
    return day_of(int(found["year"]) if found["year"] else None, month or 0, day or 0, held)


def _within(found: re.Match[str], held: date) -> date | None:
    number, unit = whole_number(found["number"]) or 0, found["unit"]
    if number > 1000:
        return None
    if unit == "个工作日":
        return working_days_on(number, held)
    return days_on(-(-number // 24) if unit == "小时" else number * UNITS[unit], held)


def _by_word(deadline: str, held: date) -> date | None:
    if deadline.startswith(TODAY):
        return held
    if deadline.startswith(("明天", "明日")):
        return days_on(1, held)
    if deadline.startswith(("本周", "周末")):
        return end_of_week(held)
    if deadline.startswith(("本月", "月底")):
        return end_of_month(held.month, held)
    month = next((month for word, month in QUARTERS.items() if deadline.startswith(word)), None)
    return end_of_quarter(month, held) if month else None
