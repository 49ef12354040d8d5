"""The laboratory in the browser's terms and over the API."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hucheng.core.accounts.actions import make_token
from hucheng.core.accounts.models import RoleGrant, User
from hucheng.core.clock import frozen_at
from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, MORNING, OTHER_COUNTY, after, an_actor
from hucheng.entry.testing import arrivals_of
from hucheng.quarantine.laboratory.models import ResultBatch, ResultRow, Sample
from hucheng.quarantine.testing import a_flight_to_house, people_inside, results_file, tubes_of

pytestmark = pytest.mark.django_db


def sign_in(client, role=Role.LABORATORY, place="140100", unit=""):
    client.force_login(User.objects.get(pk=an_actor(role, place, unit).user_id))
    return client


@pytest.fixture(params=["zh-hans", "en"])
def lab(client, request):
    client.cookies["django_language"] = request.param
    return sign_in(client)


def get(client, name, *args, at=after(500)):
    with frozen_at(at):
        return client.get(reverse(f"quarantine:{name}", args=args))


def post(client, name, *args, at=after(500), **data):
    with frozen_at(at):
        return client.post(reverse(f"quarantine:{name}", args=args), data)


def upload(client, data, name="day.csv"):
    return post(client, "results", file=SimpleUploadedFile(name, data))


def test_the_way_in_leads_the_laboratory_to_its_samples(client):
    with frozen_at(after(500)):
        assert sign_in(client).get("/").url == reverse("quarantine:samples")


def test_tubes_are_scanned_in_and_sent(lab):
    people = arrivals_of(a_flight_to_house(3))
    page = get(lab, "samples", at=after(90))
    assert page.context["owed"] == 3 and page.context["late"] == 0
    tubes = {f"tube-{people[0].pk}": "T0001", f"tube-{people[1].pk}": "T0002", f"tube-{people[2].pk}": " "}
    assert post(lab, "samples", at=after(91), **tubes).status_code == 302
    assert post(lab, "samples", at=after(92), **{f"tube-{people[2].pk}": "T0001"}).status_code == 422
    assert post(lab, "samples", at=after(92), **{"tube-nobody": "T0009"}).status_code == 404
    assert get(lab, "samples", at=after(92)).context["unsent"] == 2
    assert post(lab, "send_samples", at=after(93)).status_code == 302
    assert post(lab, "send_samples", at=after(94)).status_code == 422
    assert get(lab, "samples", at=after(1, days=1)).context["late"] == 1


def test_a_delivery_shows_what_became_of_each_row_and_gives_the_rest_back(lab):
    people = arrivals_of(a_flight_to_house(3))
    tubes_of([p.pk for p in people], at=after(90))
    rows = [("T0001", "阴性", ""), ("T9999", "阳性", ""), ("=cmd|x", "阴性", ""), ("T0002", "?", "2020-03-21 13:40")]
    done = upload(lab, results_file(*rows))
    batch = ResultBatch.objects.get()
    assert done.status_code == 302 and str(batch.pk) in done.url
    page = get(lab, "batch", batch.pk)
    assert [row.problem for row, *_said in page.context["rows"]] == ["no_sample", "barcode", "result"]
    back = get(lab, "batch_problems", batch.pk).content.decode("utf-8-sig")
    assert "T9999" in back and "T0001" not in back and "\n=" not in back and ",=" not in back
    assert get(lab, "results").context["queue"] == 1
    assert "条码" in get(lab, "results_template").content.decode("utf-8-sig")


def test_the_rows_given_back_can_be_mended_and_sent_again(lab):
    people = arrivals_of(a_flight_to_house(2))
    tubes_of([p.pk for p in people], at=after(90))
    upload(lab, results_file(("T0001", "阴性", ""), ("T0002", "?", "")))
    back = get(lab, "batch_problems", ResultBatch.objects.get().pk).content.decode("utf-8-sig")
    upload(lab, back.replace("T0002,,", "T0002,阴性,").encode())
    assert set(Sample.objects.values_list("result", flat=True)) == {"negative"}
    assert upload(lab, back.replace("T0002,,", "T0002,阴性,").encode()).status_code == 302
    assert ResultRow.objects.filter(state="matched").count() == 2


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00\x01\x02" * 50])
def test_a_wrong_file_is_told_and_leaves_nothing(lab, data):
    answer = upload(lab, data or b"\n")
    assert answer.status_code == 422 and 'class="card refuse"' in answer.content.decode()
    assert not ResultBatch.objects.exists()


def test_no_file_is_told(lab):
    assert post(lab, "results").status_code == 422


def test_the_queue_is_worked_off(lab):
    person = arrivals_of(a_flight_to_house(1))[0]
    tubes_of([person.pk], at=after(90))
    upload(lab, results_file(("T000I", "阴性", ""), ("T7777", "阴性", "")))
    first, second = ResultRow.objects.order_by("line")
    assert get(lab, "queue", at=after(740)).context["late"] == 2
    assert post(lab, "settle_result", first.pk, barcode="T1234").status_code == 422
    assert post(lab, "settle_result", first.pk, barcode="T0001").status_code == 302
    assert post(lab, "settle_result", second.pk, aside="1").status_code == 422
    assert post(lab, "settle_result", second.pk, aside="1", why="of another city").status_code == 302
    assert not get(lab, "queue").context["rows"]


def test_a_positive_is_told_on_its_page(client):
    stay = people_inside(1)[0]
    tubes_of([stay.arrival_id], at=after(200))
    upload(sign_in(client), results_file(("T0001", "阳性", "")))
    house = sign_in(client, Role.HOUSE, COUNTY, "H01")
    page = get(house, "positives", at=after(621))
    assert (page.context["left"], page.context["late"]) == (1, 1)
    sample = Sample.objects.get()
    assert post(house, "tell", sample.pk, at=after(622)).status_code == 302
    assert post(house, "tell", sample.pk, at=after(623)).status_code == 422
    assert get(house, "positives", at=after(624)).context["left"] == 0
    other = sign_in(client, Role.HOUSE, COUNTY, "H02")
    assert post(other, "tell", sample.pk).status_code == 404 and get(other, "positives").context["left"] == 0


@pytest.mark.parametrize("name", ["samples", "results", "queue", "positives"])
def test_empty_pages_say_what_belongs_there(lab, name):
    assert 'class="empty"' in get(lab, name).content.decode()


@pytest.mark.parametrize("role", [Role.LEADING_GROUP, Role.COMMAND_OFFICE])
def test_the_numbers_of_the_board_open_their_rows_and_no_button(client, role):
    stays = people_inside(2)
    tubes_of([stays[0].arrival_id], at=after(200))
    upload(sign_in(client), results_file(("T0001", "阳性", ""), ("T7777", "阴性", "")))
    leader = sign_in(client, role)
    for name, words in (("samples", "owed"), ("queue", "rows"), ("positives", "calls")):
        page = get(leader, name)
        assert page.context[words] and b"<form method" not in page.content.split(b"<main")[1], name
    assert post(leader, "tell", Sample.objects.get().pk).status_code == 404


def test_strangers_find_no_delivery(client):
    upload(sign_in(client), results_file(("T0001", "阴性", "")))
    batch = ResultBatch.objects.get()
    stranger = sign_in(client, Role.LABORATORY, OTHER_COUNTY)
    assert get(stranger, "batch", batch.pk).status_code == 404
    assert get(stranger, "batch_problems", batch.pk).status_code == 404
    assert get(sign_in(client, Role.QUARANTINE), "results").status_code == 404


def test_pages_do_not_ask_more_as_samples_grow(client, django_assert_max_num_queries):
    people = arrivals_of(a_flight_to_house(12))
    tubes_of([p.pk for p in people[:6]], at=after(90))
    lab = sign_in(client)
    upload(lab, results_file(*[(f"T{n:04}", "阳性" if n < 4 else "阴性", "") for n in range(1, 10)]))
    for name, args in [
        ("samples", ()),
        ("results", ()),
        ("queue", ()),
        ("positives", ()),
        ("batch", (ResultBatch.objects.get().pk,)),
    ]:
        with django_assert_max_num_queries(14):
            assert get(lab, name, *args).status_code == 200


def test_a_laboratorys_own_system_sends_results_and_sees_no_names(client):
    people = arrivals_of(a_flight_to_house(2))
    tubes_of([p.pk for p in people], at=after(90))
    grant = RoleGrant.objects.get(user_id=an_actor(Role.LABORATORY).user_id)
    auth = {"HTTP_AUTHORIZATION": f"Bearer {make_token(actor=SYSTEM, grant_id=grant.pk, at=MORNING)}"}

    def call(body):
        with frozen_at(after(500)):
            return client.post("/api/v1/results", json.dumps(body), content_type="application/json", **auth)

    with frozen_at(after(100)):
        waiting = client.get("/api/v1/samples", **auth)
    assert [row["barcode"] for row in waiting.json()] == ["T0001", "T0002"]
    assert people[0].person.full_name not in waiting.content.decode()
    body = [{"barcode": "T0001", "result": "positive", "tested_at": "2020-03-21T13:40:00+08:00"}]
    first, again = call(body).json(), call(body).json()
    assert (first["matched"], again["matched"], again["known"]) == (1, 0, 1)
    assert call([]).status_code == 409
    assert call([{"barcode": "=1", "result": "positive"}]).status_code == 422
    assert call([{"barcode": "T0002", "result": "maybe"}]).status_code == 422
