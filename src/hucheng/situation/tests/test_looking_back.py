"""NEW-36: a list of the situation, asked for as known at a time, is what it was at that time."""

import re

import pytest
from django.urls import reverse

from hucheng.core.accounts.models import User
from hucheng.core.clock import frozen_at
from hucheng.core.terms import Role
from hucheng.core.testing import a_city, after, an_actor
from hucheng.situation.importation.actions import correct_cases, note_fact
from hucheng.situation.origins.actions import end_watch, note_origin
from hucheng.situation.testing import TODAY, a_report, a_series, a_watch, cases, local_counts

pytestmark = pytest.mark.django_db
GROWING = [0] + [n * 10 for n in range(1, 8)] + [70 + n * 20 for n in range(1, 8)]
PAGES = ("origins", "importation", "city", "country")
NIGHT = 12 * 60


def a_day_of_news(number):
    """What one day brings: each act changes a page that an earlier night has shown."""
    at = after(number * 1440)
    keeper = an_actor(Role.DEPARTMENT)
    if number == 0:
        a_watch("CA", at=at)
        a_series(GROWING, at=at)
        local_counts([19, 20, 20], at=at)
        a_report(3, flight="HU7976", at=at)
    elif number == 1:
        a_series(GROWING[:-1] + [260], at=at)
        note_origin(actor=an_actor(Role.ENTRY), airport="SVO", at=at)
        local_counts([19, 20, 21], at=at)
    elif number == 2:
        end_watch(actor=keeper, watch_id=a_watch("RU", at=at).pk, why="no flight", at=after(number * 1440 + 5))
        report = a_report(1, flight="ET604", at=at)
        correct_cases(actor=keeper, report_id=report.pk, cases=cases(4), at=after(number * 1440 + 5))
    else:
        note_fact(actor=keeper, text_en="A fact.", source="province", as_of=TODAY, at=at)
        a_watch("FR", at=at)


def shown(client, name, now, **query):
    """The words of the page, without its tokens and its forms to write."""
    args = ["CA"] if name == "country" else []
    with frozen_at(now):
        page = client.get(reverse(f"situation:{name}", args=args), query).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<form.*?</form>", "", main, flags=re.S))).strip()


@pytest.mark.parametrize("name", PAGES)
def test_each_night_is_shown_later_as_it_was_shown_then(client, name):
    a_city()
    client.force_login(User.objects.get(pk=an_actor(Role.ENTRY).user_id))
    nights = []
    for number in range(4):
        a_day_of_news(number)
        night = after(number * 1440 + NIGHT)
        nights.append((night, shown(client, name, night)))
    assert len({words for _night, words in nights}) > 1
    later = after(30 * 1440)
    for night, words in nights:
        assert shown(client, name, later, at=night.isoformat()) == words


@pytest.mark.parametrize("asked", ["", "yesterday", "2020-02-30T10:00", "9999-12-31T00:00"])
def test_a_time_that_is_none_or_lies_ahead_shows_now(client, asked):
    a_city()
    a_day_of_news(0)
    client.force_login(User.objects.get(pk=an_actor(Role.ENTRY).user_id))
    assert shown(client, "city", after(60), at=asked) == shown(client, "city", after(60))
