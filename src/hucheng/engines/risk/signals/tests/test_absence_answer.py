"""`hucheng risk absence`: the last day judged, in both languages, by what history there is."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from hucheng.engines.risk.command import risk
from hucheng.engines.risk.refusal import RiskRefused
from hucheng.engines.risk.signals.absence_answer import absence_answer, read_days
from hucheng.engines.risk.signals.tests.test_absence_regression import school


def table(counts, enrolled=None):
    """School days from Monday, 7 September 2020 on."""
    day, lines = date(2020, 9, 7), ["date,count,enrolled" if enrolled else "date,count"]
    for count in counts:
        lines.append(f"{day},{count}" + (f",{enrolled}" if enrolled else ""))
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return ("\n".join(lines) + "\n").encode()


def judged(counts, **given):
    return absence_answer(read_days(table(counts, given.pop("enrolled", None))), **given)


def test_a_day_far_above_its_weekdays_is_named_and_a_usual_one_is_not():
    counts, _ = school(4, days=50)
    usual, struck = judged(counts), judged([*counts[:-1], counts[-1] + 60])
    assert not usual.details["unusual"] and struck.details["unusual"]
    assert "nothing unusual" in usual.sentence.en and "异常偏多" in struck.sentence.zh
    assert struck.details["unusual_days"][-1] == "2020-11-13"
    assert struck.value == counts[-1] + 60 and struck.details["bound"] < struck.value


def test_with_little_history_a_week_must_do_and_the_answer_says_so():
    found = judged([3, 4, 2, 5, 3, 4, 3, 2, 4, 3, 20])
    assert found.details["unusual"] and "little history" in found.sentence.en
    assert found.assumptions["source"].startswith("Hutwagner")


def test_a_rarer_false_alarm_needs_more_and_enrolment_may_be_known():
    counts, _ = school(5, days=50)
    assert judged(counts, level=0.001).details["bound"] > judged(counts, level=0.05).details["bound"]
    assert judged(counts, enrolled=800).details["bound"] == judged(counts).details["bound"]


def test_the_command_prints_words_or_json(tmp_path):
    file = tmp_path / "school.csv"
    file.write_bytes(b"\xef\xbb\xbf" + table([3] * 12))
    said = CliRunner().invoke(risk, ["absence", str(file)])
    asked = CliRunner().invoke(risk, ["absence", str(file), "--json"])
    assert said.exit_code == 0 and "On 2020-09-22 there were 3" in said.output and "属正常范围" in said.output
    assert json.loads(asked.output)["details"]["judged_days"] == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "day_list"),
        (b"\xff\xfe", "day_list"),
        (b"day,count\n", "day_list"),
        (b"date,count\nMonday,3\n", "day_list"),
        (b"date,count\n2020-09-07,-3\n", "day_list"),
        (b"date,count\n2020-09-07,\n", "day_list"),
        (b"date,count\n2020-09-07,3\n2020-09-07,4\n", "day_list"),
        (b"date,count\n2020-09-07,3\n", "too_short"),
    ],
)
def test_days_that_cannot_be_judged_are_refused(text, code, tmp_path):
    with pytest.raises(RiskRefused) as refused:
        absence_answer(read_days(text))
    assert refused.value.code == code
    file = tmp_path / "school.csv"
    file.write_bytes(text)
    assert CliRunner().invoke(risk, ["absence", str(file)]).exit_code == 2
