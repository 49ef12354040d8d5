"""The bulletin of a day: every line from what stands, in both languages, and every number beside the others."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import get_language, override

from hucheng.core.audit.models import AuditLine
from hucheng.core.clock import SHANGHAI
from hucheng.core.measures import MEASURES, Reading
from hucheng.core.scope.actor import Actor
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after
from hucheng.stability.bulletins import daily_text
from hucheng.stability.bulletins.actions import correct_answer, correct_claim, publish_bulletin, verify_claim
from hucheng.stability.bulletins.daily_text import PUBLISHED, Fact, compose
from hucheng.stability.bulletins.measures import daily_published
from hucheng.stability.bulletins.models import Bulletin, Topic
from hucheng.stability.bulletins.queries import bulletin_of, bulletins
from hucheng.stability.testing import GREEN, TODAY, a_question, a_season, an_answer, clerk, department, refused, said

pytestmark = pytest.mark.django_db
FACT = Fact("今日无新增", "No new case today", "daily report")


@pytest.fixture(autouse=True)
def city():
    a_city()


def english(at=MORNING, facts=(), actor=None):
    return compose(actor or department(), facts, at).en.splitlines()


def publish(day=0, minutes=60, **given):
    at = after(minutes, days=day)
    return publish_bulletin(actor=department(), day=TODAY + timedelta(days=day), at=at, **given)


def out(at, number=1):
    """A bulletin that came out at a moment, whatever it said."""
    return Bulletin.objects.create(
        place="140100", day=at.astimezone(SHANGHAI).date(), number=number, text_zh="一", text_en="one",
        why="w" if number > 1 else "", published_at=at,
    )  # fmt: skip


def answered(reading):
    """The measure of answers as it would read."""
    return {"stability.bulletins.answered_24h": reading}


def test_an_empty_city_says_what_is_not_known_and_nothing_else():
    lines = english()
    assert lines[0] == "Bulletin of 2020-03-21, as of 08:00."
    assert [line.split(":")[0] for line in lines[1:-1]] == [MEASURES[name].name_en for name in PUBLISHED]
    assert all(line.endswith(": no reading today.") for line in lines[1:-1])
    assert lines[-1] == "Forest-fire danger: no county at a high grade."


def test_both_languages_say_the_same_lines_and_the_language_in_force_stays():
    an_answer(a_question(), at=after(5))
    with override("en"):
        text = compose(department(), [FACT], after(6))
        assert get_language() == "en"
    zh, en = text.zh.splitlines(), text.en.splitlines()
    assert len(zh) == len(en) == len(PUBLISHED) + 3
    assert zh[0].count("2020-03-21") == zh[0].count("08:06") == 1
    assert not [line for line in zh if line in en], "no line is left untranslated"


@pytest.mark.parametrize(
    ("at", "stamp"),
    [(after(0), "2020-03-21, as of 08:00."), (after(15 * 60 + 59), "2020-03-21, as of 23:59."),
     (after(16 * 60), "2020-03-22, as of 00:00.")],
)  # fmt: skip
def test_day_and_hour_are_those_of_the_city(at, stamp):
    assert english(at)[0].endswith(stamp)


@pytest.mark.parametrize(
    ("value", "shown"), [(100.0, "100%"), (0.0, "0%"), (66.66666, "66.7%"), (99.96, "100%"), (12.04, "12%")]
)
def test_a_measure_is_told_with_value_unit_and_target(monkeypatch, value, shown):
    reading = Reading(value, MORNING)
    monkeypatch.setattr(daily_text, "read", lambda name, _actor, _at: answered(reading).get(name))
    (line,) = [line for line in english() if "(target" in line]
    target = MEASURES["stability.bulletins.answered_24h"].target
    assert line.endswith(f": {shown} (target {target:g}).")


def test_a_large_count_is_told_with_its_thousands(monkeypatch):
    monkeypatch.setattr(daily_text, "read", lambda *_given: Reading(12345.5, MORNING))
    assert all(": 12,345.5" in line for line in english()[1:-1])


def test_the_measure_of_the_bulletin_is_the_one_of_its_moment():
    question = a_question()
    an_answer(question, at=after(60))
    name = MEASURES["stability.bulletins.answered_24h"].name_en
    assert f"{name}: no reading today." in english(after(59))
    assert [line for line in english(after(60)) if line.startswith(f"{name}: 100")]


def test_facts_stand_first_each_with_its_source():
    told = [FACT, Fact("明日消毒", "Disinfection tomorrow", "city office")]
    lines = english(facts=told)
    assert lines[1:3] == [
        "No new case today (source: daily report)", "Disinfection tomorrow (source: city office)",
    ]  # fmt: skip


def test_counties_at_a_high_grade_are_named_and_others_are_not():
    a_season(values=GREEN)
    assert english()[-1] == "Forest-fire danger: no county at a high grade."
    a_season(code="C-LF", place=OTHER_COUNTY)
    assert english()[-1].startswith("Forest-fire danger is high in: ") and "Xiaodian" not in english()[-1]
    a_season(code="C-XD2")
    assert english()[-1].count(",") == 1 and english()[-1].endswith("No open fire.")
    assert english(actor=clerk())[-1] == "Forest-fire danger is high in: Xiaodian District. No open fire."


@pytest.mark.parametrize(("minutes", "told"), [(9, False), (10, True), (24 * 60 + 9, True), (24 * 60 + 10, False)])
def test_a_correction_is_told_for_a_day(minutes, told):
    answer = an_answer()
    correct_answer(actor=department(), answer_id=answer.pk, said=said("改期", "Moved"), why="x", at=after(10))
    right = "Set right: When does grade 12 return? Fact: Moved (source: 省教育厅通知)"
    assert (right in english(after(minutes))) == told


def test_a_first_answer_to_a_question_sets_nothing_right_and_one_to_a_claim_does():
    an_answer(at=after(1))
    claim = verify_claim(actor=department(), text_zh="停水", text_en="No water.", at=MORNING)
    correct_claim(
        actor=department(), claim_id=claim.pk, topic=Topic.OTHER, said=said("正常", "Water flows."), at=after(2)
    )
    lines = [line for line in english(after(5)) if line.startswith("Set right")]
    assert lines == ["Set right: No water. Fact: Water flows. (source: 省教育厅通知)"]


def test_corrections_are_told_in_the_order_in_which_they_were_made():
    first, second = an_answer(), an_answer()
    for answer, minute in ((second, 5), (first, 9)):
        told = said("改期", f"Moved at {minute}")
        correct_answer(actor=department(), answer_id=answer.pk, said=told, why="x", at=after(minute))
    lines = [line for line in english(after(10)) if line.startswith("Set right")]
    assert [line.split("Fact: ")[1][:10] for line in lines] == ["Moved at 5", "Moved at 9"]


def test_what_was_published_stays_when_the_measures_move_on():
    made = publish()
    an_answer(a_question(), at=after(70))
    made.refresh_from_db()
    again = publish(minutes=80, why="a question was answered")
    assert "100%" not in made.text_en and "100%" in again.text_en
    assert [one.number for one in bulletin_of(department(), TODAY)] == [2, 1]


def test_numbers_count_up_within_a_day_and_begin_again_the_next():
    for day, minutes, number in ((0, 60, 1), (0, 70, 2), (0, 80, 3), (1, 60, 1)):
        made = publish(day, minutes, why="w")
        assert (made.number, made.why) == (number, "w" if number > 1 else "")
    assert [(one.day, one.number) for one in bulletins(department())] == [
        (TODAY + timedelta(days=1), 1), (TODAY, 3), (TODAY, 2), (TODAY, 1),
    ]  # fmt: skip


def test_a_reason_is_kept_to_its_room_and_one_of_spaces_is_none():
    publish()
    given_ = {"actor": department(), "day": TODAY, "at": after(70)}
    refused("bulletin_out", publish_bulletin, why="   ", **given_)
    assert publish_bulletin(why="w" * 400, **given_).why == "w" * 300


@pytest.mark.parametrize(("minutes", "day", "code"), [(959, 0, ""), (960, 0, "bulletin_day"), (960, 1, "")])
def test_the_day_of_a_bulletin_is_that_of_the_city_at_the_moment(minutes, day, code):
    given_ = {"actor": department(), "day": TODAY + timedelta(days=day), "at": after(minutes)}
    if code:
        refused(code, publish_bulletin, **given_)
    else:
        assert publish_bulletin(**given_).published_at == after(minutes)


def test_one_wrong_fact_of_many_refuses_the_bulletin():
    wrong = [FACT, Fact("一", "My name is Li Lei", "s")]
    refused("personal_name", publish_bulletin, actor=department(), day=TODAY, at=after(60), facts=wrong)
    assert not Bulletin.objects.exists()
    line = AuditLine.objects.get(act="stability.bulletins.publish_bulletin")
    assert (line.refused, line.detail["facts"], line.detail["day"]) == ("personal_name", 2, "2020-03-21")


def test_a_bulletin_is_read_line_by_line_in_the_language_in_force():
    made = publish(facts=[FACT])
    with override("en"):
        assert made.lines == made.text_en.splitlines() and "No new case today (source: daily report)" in made.lines
    with override("zh-hans"):
        assert made.lines == made.text_zh.splitlines() and made.lines[1].startswith("今日无新增")


def test_thirty_bulletins_are_listed_at_most_the_newest_first():
    for day in range(32):
        out(after(60, days=day))
    listed = bulletins(department())
    assert [one.day for one in listed] == [TODAY + timedelta(days=31 - n) for n in range(30)]
    assert bulletins(Actor(None, COUNTY, Role.DEPARTMENT)) == []


def on_time(published, at):
    """The measure by hand: days from the first of the last thirty to today, and those with a first number by six."""
    local = at + timedelta(hours=8)
    out = {one + timedelta(hours=8) for one in published if one <= at}
    out = {one.date(): one for one in out if one.date() > (local - timedelta(days=30)).date()}
    if not out:
        return None
    over = local.hour >= 18 or local.date() in out
    due = (local.date() - min(out)).days + over
    return sum((one.hour, one.minute) <= (18, 0) for one in out.values()), due


@pytest.mark.parametrize("missed", [(), (1,), (0, 3), (2, 3, 4), (5,)])
@pytest.mark.parametrize("late", [(), (2,), (1, 4)])
def test_days_on_time_are_those_of_a_count_by_hand(missed, late):
    published = [after(601 if day in late else 300, days=day) for day in range(6) if day not in missed]
    for at in published:
        out(at)
    moments = [after(minutes, days=day) for day in (0, 2, 5, 6) for minutes in (0, 300, 599, 600, 602)]
    for at in [*moments, after(0, days=33), after(0, days=40)]:
        reading, wanted = daily_published(department(), at), on_time(published, at)
        assert (reading.numerator, reading.denominator) == (wanted or (None, None)), at


def test_a_second_number_makes_no_late_bulletin_timely():
    out(after(700))
    out(after(710), number=2)
    assert daily_published(department(), after(720)).value == 0
    assert daily_published(clerk(), after(720)).value is None


@pytest.mark.parametrize("wrong", [{"number": 1}, {"number": 2}, {"text_zh": ""}], ids=["twice", "no reason", "half"])
def test_the_database_itself_keeps_the_order_of_bulletins(wrong):
    publish()
    row = {"number": 3, "why": "w", "text_zh": "一", "text_en": "one"} | wrong
    row |= {"why": ""} if wrong.get("number") == 2 else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.create(place="140100", day=TODAY, published_at=MORNING, **row)
