"""The register of disputes: what it shows to whom, how old each is, and what a form does."""

from uuid import uuid4

import pytest

from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, a_city, after, an_actor
from hucheng.stability.disputes.actions import DisputeIn, file_dispute, reach_both_sides, settle
from hucheng.stability.disputes.models import Dispute
from hucheng.stability.testing import clerk, department, visit, words_of

pytestmark = pytest.mark.django_db
SENT = {
    "place": COUNTY, "kind": "labour", "firm": "某餐饮连锁", "other_side": "38 名员工", "people": "38",
    "amount_yuan": "456000", "cause": "二月工资", "policy": "staged return",
}  # fmt: skip
LONGEST = {"firm": 120, "other_side": 120, "cause": 200, "policy": 200}


@pytest.fixture(autouse=True)
def city():
    a_city()


@pytest.fixture
def go(client):
    def going(name="disputes", data=None, *args, actor=None, at=after(60), language="en", query=""):
        return visit(client, actor or clerk(), name, data, args=args, at=at, language=language, query=query)

    return going


def filed(at=MORNING, place=COUNTY, **changes):
    given = {"kind": Dispute.Kind.LABOUR, "firm": "一家餐馆", "other_side": "员工", "cause": "工资"} | changes
    return file_dispute(actor=clerk(place), place=place, given=DisputeIn(**given), at=at)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount_yuan", str(10**30)), ("amount_yuan", "1000000000001"), ("amount_yuan", "-1"), ("people", str(10**12)),
        ("people", "1000001"), ("people", "0"), ("people", "many"), ("kind", "war"), ("kind", ""),
        ("place", OTHER_COUNTY), ("place", "nonsense"), ("firm", ""), ("other_side", " "), ("cause", ""),
        *((field, "x" * (room + 1)) for field, room in LONGEST.items()),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_named_and_nothing_is_filed(go, field, value):
    answer = go(data=SENT | {field: value})
    assert answer.status_code == 422 and list(answer.context["dispute_form"].errors) == [field]
    assert not Dispute.objects.exists()


def test_the_largest_numbers_and_longest_words_are_kept_whole(go):
    told = SENT | {"people": "1000000", "amount_yuan": "1000000000000"} | {f: "x" * n for f, n in LONGEST.items()}
    assert go(data=told).status_code == 302
    kept = Dispute.objects.get()
    assert (kept.people, kept.amount_yuan) == (1_000_000, 1_000_000_000_000)
    assert {field: len(getattr(kept, field)) for field in LONGEST} == LONGEST


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refused_dispute_comes_back_as_it_was_typed(go, language):
    answer = go(data=SENT | {"cause": "欠 13812345678 的工资"}, language=language)
    text = words_of(answer)
    assert answer.status_code == 422 and "personal_number" in text
    for value in ("某餐饮连锁", "38 名员工", "欠 13812345678 的工资", "456000", "staged return"):
        assert f'value="{value}"' in text, value


def test_a_group_that_has_a_dispute_open_is_told_so_and_settled_ones_are_linked(go):
    go(data=SENT)
    again = go(data=SENT | {"people": "40"})
    assert again.status_code == 422 and "dispute_open" in words_of(again)
    first = Dispute.objects.get()
    assert go("settle_dispute", {"how": "withdrawn"}, first.pk).status_code == 302
    assert go(data=SENT, at=after(90)).status_code == 302
    text = words_of(go(at=after(91)))
    assert "came before; that one was settled on 03-21 09:00: Withdrawn" in text
    assert "One dispute is open." in text and "Settled disputes" in text


@pytest.mark.parametrize(
    ("days", "head", "badge"),
    [
        (0, "0 for more than thirty days; in 0 both sides were not reached", "until 03-24 23:59"),
        (3.6, "0 for more than thirty days; in 0 both sides were not reached", "until 03-24 23:59"),
        (3.7, "0 for more than thirty days; in 1 both sides were not reached", "not reached"),
        (31, "1 for more than thirty days; in 1 both sides were not reached", "not reached"),
    ],
)
def test_the_first_sentence_and_the_line_say_what_is_overdue(go, days, head, badge):
    filed()
    text = words_of(go(at=after(0, days=days)))
    assert head in text and badge in text


def test_the_oldest_stands_first_with_people_amount_and_days(go):
    filed(after(0, days=-3), other_side="甲方", people=7, amount_yuan=12000)
    filed(other_side="乙方")
    text = words_of(go())
    assert text.index("甲方") < text.index("乙方") and "2 disputes are open." in text
    assert '<td class="n">7</td>' in text and "12,000" in text and '<td class="n">3</td>' in text


def test_both_sides_are_reached_once_and_then_it_is_mediated(go):
    dispute = filed()
    assert go("reach_both_sides", {}, dispute.pk, at=after(30)).status_code == 302
    text = words_of(go())
    assert "03-21 08:30" in text and "Both reached" not in text
    assert go("settle_dispute", {"how": "mediated"}, dispute.pk).status_code == 302
    again = go("reach_both_sides", {}, dispute.pk)
    assert again.status_code == 422 and "dispute_settled" in words_of(again)
    dispute.refresh_from_db()
    assert (dispute.contacted_at, dispute.settled, dispute.settled_at) == (after(30), "mediated", after(60))


@pytest.mark.parametrize(("how", "code"), [("mediated", "nobody_reached"), ("", "no_end"), ("peace", "no_end")])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_end_that_cannot_be_is_refused_and_the_dispute_stays_open(go, how, code, language):
    dispute = filed()
    answer = go("settle_dispute", {"how": how} if how else {}, dispute.pk, language=language)
    assert answer.status_code == 422 and code in words_of(answer) and 'role="alert"' in words_of(answer)
    dispute.refresh_from_db()
    assert dispute.settled_at is None


@pytest.mark.parametrize("how", ["withdrawn", "arbitrated", "court"])
def test_other_ends_need_no_contact(go, how):
    dispute = filed()
    assert go("settle_dispute", {"how": how}, dispute.pk).status_code == 302
    assert Dispute.objects.get().get_settled_display() in words_of(go())


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_readers_see_the_register_and_change_nothing(go, role):
    dispute, actor = filed(), an_actor(role)
    text = words_of(go(data=SENT, actor=actor))
    assert "One dispute is open." in text and text.count("<form") == 2, "language and sign-out alone"
    for name in ("reach_both_sides", "settle_dispute"):
        assert go(name, {"how": "court"}, dispute.pk, actor=actor).status_code == 404
    dispute.refresh_from_db()
    assert Dispute.objects.count() == 1 and dispute.settled_at is dispute.contacted_at is None


@pytest.mark.parametrize("role", [Role.ENTRY, Role.MEDICAL, Role.LABORATORY])
def test_others_find_no_register(go, role):
    assert go(actor=an_actor(role)).status_code == go(data=SENT, actor=an_actor(role)).status_code == 404


def test_a_county_finds_its_own_disputes_and_the_department_all(go):
    dispute = filed()
    filed(place=OTHER_COUNTY, firm="外县砖厂")
    assert "外县砖厂" not in words_of(go()) and "外县砖厂" in words_of(go(actor=department()))
    stranger = clerk(OTHER_COUNTY)
    assert go("reach_both_sides", {}, dispute.pk, actor=stranger).status_code == 404
    assert go("settle_dispute", {"how": "court"}, dispute.pk, actor=stranger).status_code == 404
    assert go("settle_dispute", {"how": "court"}, uuid4()).status_code == 404
    assert go(data=SENT | {"place": OTHER_COUNTY}, actor=department()).status_code == 302
    assert Dispute.objects.filter(place=OTHER_COUNTY).count() == 2


def test_open_disputes_come_in_pages_of_thirty_and_settled_ones_twenty(go):
    for n in range(33):
        filed(after(n), other_side=f"第 {n:02} 方")
    first, second = words_of(go()), words_of(go(query="?page=2"))
    assert "第 29 方" in first and "第 30 方" not in first and "第 30 方" in second
    assert "33 disputes are open." in first
    for dispute in Dispute.objects.all()[:25]:
        settle(actor=clerk(), dispute_id=dispute.pk, how=Dispute.Settled.COURT, at=after(50))
    text = words_of(go())
    assert "8 disputes are open." in text and text.count("In court</td>") == 20


@pytest.mark.parametrize(("language", "words"), [("en", "No dispute is open"), ("zh-hans", "没有未结纠纷")])
def test_an_empty_register_says_so(go, language, words):
    assert words in words_of(go(language=language))


def test_an_act_is_sent_and_never_opened_as_an_address(go):
    dispute = filed()
    for name in ("reach_both_sides", "settle_dispute"):
        assert go(name, None, dispute.pk).status_code == 405


def test_words_of_the_parties_are_shown_as_text_and_stand_in_no_audit_line(go):
    reach_both_sides(actor=clerk(), dispute_id=filed(firm="<script>a</script>").pk, at=after(5))
    assert "&lt;script&gt;" in words_of(go()) and "<script>a" not in words_of(go())
    lines = AuditLine.objects.filter(act__startswith="stability.disputes")
    assert {line.act.rsplit(".")[-1] for line in lines} == {"file_dispute", "reach_both_sides"}
    assert "script" not in str([line.detail for line in lines])
