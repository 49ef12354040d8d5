"""The page of the rules: the table in force, proposals with findings and what-if, approval by a second hand."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.engines.rules.files import read_table
from hucheng.entry.testing import (
    a_landed_flight,
    a_proposed_table,
    arrivals_of,
    fit_to_travel,
    in_force,
    the_rules,
    the_table,
    without_row,
)
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import RuleTable
from hucheng.entry.triage.tables import entry_table, table_in_force

pytestmark = pytest.mark.django_db
RULES = "entry:rules"


def sign_in(client, role=Role.COMMAND_OFFICE, place="140100", language="en"):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    client.cookies["django_language"] = language
    return client


def shown(client, url, **query):
    with frozen_at(after(300)):
        answer = client.get(url, query)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def send(client, data, name="table.json"):
    with frozen_at(after(300)):
        return client.post(reverse(RULES), {"file": SimpleUploadedFile(name, data)})


def stricter(written):
    for row in written["rows"]:
        if row["id"] == "fever":
            row["when"] = {"temp_c": {"at_least": 36.4}}
    written["tests"] = []


@pytest.fixture
def judged():
    the_rules()
    flight = a_landed_flight(2)
    fit_to_travel(arrivals_of(flight), at=after(10))
    triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
    return arrivals_of(flight)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Entry triage, version 2020-03.1, judges here",
                "No table was proposed",
                "temperature, °C: ≥ 37.3",
                "always",
                "temperature, °C: not measured",
                "symptoms: at least one",
                "contact with a case within 14 days: yes",
            ],
        ),
        (
            "zh-hans",
            [
                "现行“入境研判”2020-03.1 版",
                "尚无拟议的判定表",
                "体温达到37.3℃",
                "始终",
                "体温（℃）: 未测量",
                "症状: 至少一项",
                "与病例相隔排数: ≤ 3",
            ],
        ),
    ],
)
def test_the_table_in_force_is_shown_row_by_row_in_the_language_of_the_reader(client, language, words):
    status, page = shown(sign_in(client, language=language), reverse(RULES))
    assert status == 200 and all(word in page for word in words)
    assert all(f">{row.id}<" in page for row in entry_table().rows)


def test_a_file_becomes_a_proposal_and_its_page_opens(client):
    answer = send(sign_in(client), the_table())
    kept = RuleTable.objects.get()
    assert answer.status_code == 302 and answer.url == reverse("entry:proposal", args=[kept.pk])
    _status, page = shown(client, reverse(RULES))
    assert "Waits for approval" in page and f"{kept.name} 2" in page


@pytest.mark.parametrize(
    ("data", "word"),
    [(b"nonsense", "is no decision table"), (the_table(change=lambda w: w["rows"][0].update(outcome="X")), "X")],
    ids=["no table", "unknown outcome"],
)
def test_a_file_that_cannot_be_used_is_refused_on_the_page(client, data, word):
    answer = send(sign_in(client), data)
    assert answer.status_code == 422 and word in answer.content.decode()
    assert not RuleTable.objects.exists()


def test_no_file_is_said_beside_the_field(client):
    with frozen_at(after(300)):
        answer = sign_in(client).post(reverse(RULES), {})
    assert answer.status_code == 422 and 'id="id_file_error"' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Of 2 people judged in the last 14 days it would treat 2 otherwise, 0 of them more mildly",
                "travels on to Beijing → transferred to hospital: <b>2</b>", "may travel on", "stricter"]),
        ("zh-hans", ["近 14 天研判的 2 人中，按此表有 2 人处理不同，其中 0 人更宽", "续程赴京 → 转送医院: <b>2</b>",
                     "可续程赴京", "体温达到37.3℃", "更严"]),
    ],
)  # fmt: skip
def test_a_proposal_shows_who_would_be_treated_otherwise_with_both_reasons(client, judged, language, words):
    proposed = a_proposed_table(change=stricter)
    status, page = shown(sign_in(client, language=language), reverse("entry:proposal", args=[proposed.pk]))
    assert status == 200 and all(word in page for word in words), [word for word in words if word not in page]
    assert all(person.person.full_name in page for person in judged)


def test_milder_treatment_is_said_at_the_top(client, judged):
    """With everybody held for the test, a table without that row would let them go."""
    held = in_force(a_proposed_table(change=_hold_all), at=after(70))
    assert held.version == "2"
    looser = a_proposed_table(version="3")
    _status, page = shown(sign_in(client), reverse("entry:proposal", args=[looser.pk]))
    assert "would treat 2 otherwise, 2 of them more mildly" in page and "milder" in page


def _hold_all(written):
    row = next(row for row in written["rows"] if row["id"] == "onward")
    row["outcome"], written["tests"] = "HOLD_TEST", []


@pytest.mark.parametrize(("days", "looked"), [("1", 0), ("2", 2), ("60", 2)])
def test_the_reader_chooses_how_far_to_look_back(client, judged, days, looked):
    proposed = a_proposed_table(change=stricter)
    with frozen_at(after(days=1.5)):
        page = sign_in(client).get(reverse("entry:proposal", args=[proposed.pk]), {"days": days}).content.decode()
    assert f"Of {looked} people judged in the last {days} days" in page


@pytest.mark.parametrize("days", ["0", "61", "many", ""])
def test_impossible_days_are_said_and_a_fortnight_is_shown(client, judged, days):
    proposed = a_proposed_table(change=stricter)
    _status, page = shown(sign_in(client), reverse("entry:proposal", args=[proposed.pk]), days=days)
    assert 'id="id_days_error"' in page and "in the last 14 days" in page


def test_findings_are_shown_and_a_gap_leaves_nothing_to_approve(client, judged):
    proposed = a_proposed_table(change=without_row("kept"))
    url = reverse("entry:proposal", args=[proposed.pk])
    _status, page = shown(sign_in(client, Role.MEDICAL), url)
    assert "finding" in page and "forbid" in page and "no row answers" in page and "Approve the table" not in page
    _status, page = shown(sign_in(client, Role.MEDICAL, language="zh-hans"), url)
    assert "有情形无规则可依" in page and "不可批准" in page
    with frozen_at(after(300)):
        answer = client.post(reverse("entry:approve_table", args=[proposed.pk]), {"since": "2020-03-22T00:00"})
    proposed.refresh_from_db()
    assert answer.status_code == 422 and proposed.approved_at is None
    assert table_in_force("140100", after(9999)) is entry_table()


def test_the_author_is_told_that_somebody_else_approves(client):
    proposed = a_proposed_table()
    _status, page = shown(sign_in(client), reverse("entry:proposal", args=[proposed.pk]))
    assert "somebody else approves it" in page and "Approve the table" not in page


def test_a_second_hand_brings_the_table_into_force(client, judged):
    proposed = a_proposed_table(change=stricter)
    page_url, act = (reverse(name, args=[proposed.pk]) for name in ("entry:proposal", "entry:approve_table"))
    _status, page = shown(sign_in(client, Role.MEDICAL), page_url)
    assert "Approve the table" in page
    with frozen_at(after(300)):
        answer = client.post(act, {"since": "2020-03-21T13:00"})
    assert answer.status_code == 302 and answer.url == page_url
    assert table_in_force("140100", after(300)).version == "2"
    _status, page = shown(client, page_url)
    assert "Approved by" in page and "Approve the table" not in page
    assert {person.last_triage.version for person in arrivals_of(judged[0].flight)} == {"2"}


@pytest.mark.parametrize(
    ("since", "error"),
    [("", 'id="id_since_error"'), ("soon", 'id="id_since_error"'), ("2020-03-20T00:00", "in the past")],
)
def test_a_time_that_cannot_be_is_said_and_kept_in_the_field(client, since, error):
    proposed = a_proposed_table()
    with frozen_at(after(300)):
        answer = sign_in(client, Role.MEDICAL).post(
            reverse("entry:approve_table", args=[proposed.pk]), {"since": since}
        )
    page = answer.content.decode()
    assert answer.status_code == 422 and error in page and (not since or f'value="{since}"' in page)


@pytest.mark.parametrize("form", ["csv", "xlsx", "json", "dmn"])
def test_the_table_in_force_is_taken_home_changed_and_sent_back(client, form):
    with frozen_at(after(300)):
        answer = sign_in(client).get(reverse("entry:table_in_use", args=[form]))
    assert answer["Content-Disposition"] == f'attachment; filename="entry-2020-03.1.{form}"'
    assert read_table(answer.content, name=f"t.{form}") == entry_table()
    assert send(client, answer.content, f"t.{form}").status_code == 302
    kept = RuleTable.objects.get()
    with frozen_at(after(300)):
        back = client.get(reverse("entry:proposal_file", args=[kept.pk, form]))
    assert read_table(back.content, name=f"t.{form}") == entry_table()


def test_the_name_of_a_file_holds_no_sign_that_could_end_the_header(client):
    proposed = a_proposed_table(version='2"; x=护')
    with frozen_at(after(300)):
        answer = sign_in(client).get(reverse("entry:proposal_file", args=[proposed.pk, "json"]))
    assert answer["Content-Disposition"] == 'attachment; filename="entry-2-x-.json"'
    assert json.loads(answer.content)["version"] == '2"; x=护'


def test_an_unknown_form_is_not_there(client):
    assert shown(sign_in(client), reverse("entry:table_in_use", args=["exe"]))[0] == 404


def test_a_stranger_finds_no_proposal(client):
    proposed = a_proposed_table()
    for name in ("entry:proposal", "entry:proposal_file"):
        args = [proposed.pk, "json"][: 2 if name.endswith("file") else 1]
        assert shown(sign_in(client, Role.MEDICAL, COUNTY), reverse(name, args=args))[0] == 404
        assert shown(sign_in(client, Role.COUNTY), reverse(name, args=args))[0] == 404


@pytest.mark.parametrize(("role", "may"), [(Role.COMMAND_OFFICE, True), (Role.MEDICAL, True), (Role.ENTRY, False)])
def test_who_may_propose_sees_the_form_and_others_only_read(client, role, may):
    _status, page = shown(sign_in(client, role), reverse(RULES))
    assert ("Send the table" in page) is may
    if not may:
        answer = send(client, the_table())
        assert answer.status_code == 422 and not RuleTable.objects.exists()


def test_text_of_a_table_is_shown_as_text(client):
    def hostile(written):
        written["rows"][2]["reason"] = {"zh": "<script>alert(1)</script>中", "en": "<script>alert(1)</script>"}

    proposed = a_proposed_table(change=hostile)
    _status, page = shown(sign_in(client), reverse("entry:proposal", args=[proposed.pk]))
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
