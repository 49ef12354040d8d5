"""The situation for programs: typed, scoped, as known at a time."""

import pytest

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, after, an_actor
from hucheng.situation.testing import a_report, a_series, a_watch

pytestmark = pytest.mark.django_db


def call(client, path, role=Role.ENTRY, place="140100", **query):
    client.force_login(User.objects.get(pk=an_actor(role, place).user_id))
    with frozen_at(after(600)):
        return client.get(f"/api/v1/situation/{path}", query)


def test_a_series_answers_as_known_now_and_as_known_then(client):
    """NEW-36."""
    a_series([10, 20])
    a_series([10, 25], at=after(60))
    assert [p["confirmed"] for p in call(client, "series/CA").json()] == [10, 25]
    then = call(client, "series/CA", known_at=after(30).isoformat()).json()
    assert [(p["confirmed"], p["vintage"]) for p in then] == [(10, 1), (20, 1)]
    local = call(client, "series/CA", known_at="2020-03-21T08:30:00").json()
    assert [p["confirmed"] for p in local] == [10, 20]
    assert call(client, "series/CA", known_at=after(-1).isoformat()).json() == []


def test_a_time_to_come_shows_no_more_than_now(client):
    a_series([10, 20])
    a_series([10, 25], at=after(900))
    assert call(client, "series/CA", known_at=after(9999).isoformat()).json()[-1]["confirmed"] == 20


def test_the_watch_list_says_null_for_what_is_not_known(client):
    a_watch("ET")
    (one,) = call(client, "watch-list").json()
    assert one["country"] == "ET" and one["incidence_14d"] is None and one["pace"] == "unknown" and not one["fresh"]


def test_counts_can_be_read_and_recorded(client):
    a_report(2, flight="HU7976")
    assert [c["new"] for c in call(client, "cases").json()] == [2]
    client.force_login(User.objects.get(pk=an_actor(Role.DEPARTMENT).user_id))
    body = {"as_of": "2020-03-20", "published_on": "2020-03-21", "new": 1, "source": "province", "about": "140000"}
    with frozen_at(after(600)):
        made = client.post("/api/v1/situation/cases", body, content_type="application/json")
        again = client.post("/api/v1/situation/cases", body, content_type="application/json")
    assert made.status_code == 201 and made.json()["corrects_id"] is None
    assert again.status_code == 409 and again.json()["code"] == "report_known"


def test_strangers_are_refused_and_other_places_see_nothing(client):
    a_series([1, 2])
    a_watch()
    a_report(1)
    for path in ("series/CA", "watch-list", "cases"):
        assert call(client, path, Role.LABORATORY).status_code == 409
        assert call(client, path, Role.ENTRY, COUNTY).json() == []
    client.logout()
    assert client.get("/api/v1/situation/watch-list").status_code == 401


def test_an_unknown_country_is_not_there(client):
    assert call(client, "series/XX").status_code == 404
