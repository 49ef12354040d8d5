"""Daily cases as people keep them: dates checked, gaps named, sums and half-days suspected, negatives refused."""

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from hucheng.engines.risk import RiskRefused
from hucheng.engines.risk.answers_here import over_answer, rt_answer
from hucheng.engines.risk.cases import doubts, read_cases
from hucheng.engines.risk.command import risk

DAYS = [3, 4, 2, 6, 5, 8, 7, 9, 6, 8]


def table(counts, first=date(2020, 4, 1), without=()):
    days = {first + timedelta(days=step): count for step, count in enumerate(counts)}
    return "date,local\n" + "".join(f"{day},{count}\n" for day, count in days.items() if day not in without)


def codes(notes):
    return [one.code for one in notes]


def test_a_table_without_dates_is_read_and_says_that_gaps_cannot_be_seen():
    read = read_cases(b"\xef\xbb\xbflocal\n1\n0\n")
    assert (read.local, read.imported, read.last, codes(read.notes)) == ([1, 0], None, None, ["no_dates"])
    assert read_cases(b"day,imported,local\na,3,1\nb,4,0\n").imported == [3, 4]


def test_dates_in_any_order_are_read_in_theirs():
    read = read_cases(b"date,local,imported\n2020-04-02,5,1\n2020-04-01,3,2\n")
    assert (read.local, read.imported, read.last, read.notes) == ([3, 5], [2, 1], date(2020, 4, 2), ())


def test_missing_days_are_named_and_hold_no_case():
    read = read_cases(table(DAYS, without=(date(2020, 4, 3), date(2020, 4, 5))).encode())
    assert read.local == [3, 4, 0, 6, 0, 8, 7, 9, 6, 8] and codes(read.notes) == ["days_without"]
    assert "2020-04-03, 2020-04-05" in read.notes[0].text.en and "缺 2 天" in read.notes[0].text.zh


def test_today_is_left_out_and_silence_named():
    read = read_cases(table(DAYS).encode(), as_of=date(2020, 4, 10))
    assert len(read.local) == 9 and codes(read.notes) == ["half_day"]
    read = read_cases(table(DAYS).encode(), as_of=date(2020, 4, 14))
    assert codes(read.notes) == ["table_ends"] and "3 days since" in read.notes[0].text.en


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        ("", "columns", "local"),
        ("cases\n1\n", "columns", "local"),
        ("local\n", "few_cases", "0 local cases"),
        ("local\n1\nmany\n", "counts", "many of day 2"),
        ("local\n1\n-3\n", "counts", "-3 of day 2"),
        ("local\n1\n2.5\n", "counts", "2.5 of day 2"),
        ("day,local\n1,2\n2,\n", "counts", "- of day 2"),
        ("local,imported\n1,2\n2\n", "counts", "- of day 2"),
        ("date,local\n1 April,2\n", "case_date", "1 April of row 1"),
        ("date,local\n2020-04-01,2\n2020-04-01,3\n", "case_date", "2020-04-01 of row 2"),
        ("date,local\n2020-04-01,2\n2020-04-10,3\n", "gap", "8 days are missing"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_place(data, code, said):
    with pytest.raises(RiskRefused, match=said) as refusal:
        read_cases(data.encode())
    assert refusal.value.code == code


def test_bytes_that_are_no_text_and_days_without_dates_are_refused():
    for data, day in ((b"\xff\xfe\x00", None), (b"local\n1\n", date(2020, 4, 1))):
        with pytest.raises(RiskRefused):
            read_cases(data, as_of=day)
    with pytest.raises(RiskRefused, match="0 local cases"):
        read_cases(b"date,local\n2020-04-01,2\n", as_of=date(2020, 4, 1))


@pytest.mark.parametrize(
    ("counts", "wanted"),
    [
        (DAYS, []),
        ([0, 0, 1, 1, 2, 4, 4, 7, 9, 13, 13, 20], ["cumulative"]),
        ([5] * 14, []),
        ([1, 2, 3, 4, 5], []),
        ([20, 22, 25, 21, 24, 23, 26, 4], ["last_low"]),
        ([2, 1, 0, 3, 1, 2, 1, 0], []),
        ([], []),
    ],
    ids=str,
)
def test_what_looks_wrong_is_named(counts, wanted):
    assert codes(doubts(counts)) == wanted


def test_an_answer_carries_the_notes_of_its_table_and_the_doubts():
    said = rt_answer([20, 22, 25, 21, 24, 23, 26, 4], mean=2.6, sd=1.5, notes=read_cases(b"local\n1\n").notes)
    assert [one["code"] for one in said.details["notes"]] == ["no_dates", "last_low"]
    said = over_answer("sars_cov_2_2020", [9, 9, 9, 9, 9, 9, 9, 0], mean=5.8, sd=3)
    assert said.details["notes"] == []
    with pytest.raises(RiskRefused, match="-3 of day 2"):
        over_answer("sars_cov_2_2020", [3, -3], mean=5.8, sd=3)


def test_the_command_leaves_today_out_and_says_its_notes(tmp_path):
    file = tmp_path / "cases.csv"
    file.write_text(table(DAYS), encoding="utf-8")
    asked = ["rt", str(file), "--mean", "2.6", "--sd", "1.5", "--as-of", "2020-04-10"]
    shown = CliRunner().invoke(risk, asked)
    assert shown.exit_code == 0 and "2020-04-10 is not over yet" in shown.output and "当天数据未完" in shown.output
    over = CliRunner().invoke(risk, ["over", *asked[1:], "--json"])
    assert [one["code"] for one in json.loads(over.output)["details"]["notes"]] == ["half_day"]
