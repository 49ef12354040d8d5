"""One small flight, act by act: what each leaves behind in the rooms that people use; a cut changes nothing."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from hucheng.core.accounts.models import User
from hucheng.core.accounts.queries import actor_named
from hucheng.core.audit.models import AuditLine
from hucheng.core.terms import Outcome
from hucheng.entry import door as entry
from hucheng.exercises.replay import houses, laboratory
from hucheng.exercises.replay.models import PlayedStep
from hucheng.exercises.replay.play import find_again, name_a_traveller, play_step
from hucheng.exercises.replay.staff import acting
from hucheng.exercises.replay.timeline import Step
from hucheng.exercises.testing import START, a_flight_play, a_staffed_city, played_up_to_minute
from hucheng.quarantine import door as quarantine

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HOUSE = {
    "code": "H01", "county": "140105", "rooms": 14, "floors": 2, "beds_per_room": {"1": 0.4, "2": 0.6}, "accessible": 1,
    "halal": False, "minutes_to_hospital": 12,
}  # fmt: skip


@pytest.fixture
def city():
    a_staffed_city(rules=True)


@pytest.fixture
def with_house(city):
    houses.order(HOUSE, 1, START)
    houses.open_house("H01", START)


def people(**chosen):
    return entry.Arrival.objects.filter(**chosen)


def whereabouts() -> Counter:
    return Counter(people().values_list("whereabouts", flat=True))


class TestListsAndLanding:
    def test_the_notice_names_route_and_hour(self, city):
        play = a_flight_play()
        play.announce(START)
        flight = entry.Flight.objects.get()
        assert (flight.number, flight.origin, flight.destination) == ("HU7976", "YYZ", "PEK")
        assert flight.scheduled_landing == play.lands and flight.landed_at is None and play.flight_id == flight.pk

    def test_a_list_before_any_notice_announces_the_flight_first(self, city):
        play = a_flight_play()
        play.send_lists(START)
        assert entry.Flight.objects.get().pk == play.flight_id and people().count() == 16

    def test_both_lists_come_through_the_upload_and_every_row_is_a_person(self, city):
        play = a_flight_play()
        played_up_to_minute(play, -180)
        assert people(kind="passenger").count() == 14 and people(kind="crew").count() == 2
        assert len(set(people().values_list("person", flat=True))) == 16
        assert AuditLine.objects.filter(act="entry.manifests.receive_manifest", refused="").count() == 2
        assert whereabouts() == {"aboard": 16}

    def test_everybody_stands_in_one_group_and_no_household_in_two(self, city):
        play = a_flight_play()
        played_up_to_minute(play, -180)
        listed = [person for group in play.groups.values() for person in group]
        assert sorted(listed) == sorted(people().values_list("pk", flat=True))
        assert set(play.groups["crew"]) == set(people(kind="crew").values_list("pk", flat=True))
        for name in ("hospital", "contacts", "onward"):
            assert len(play.groups[name]) <= play.ends[name]
        parties = [{play.party_of[person] for person in play.groups[name]} for name in play.groups if name != "crew"]
        assert sum(map(len, parties)) == len(set().union(*parties))

    def test_wheels_down_everybody_is_in_the_port_in_the_desks_hands(self, city):
        play = a_flight_play()
        played_up_to_minute(play, 0)
        assert whereabouts() == {"port": 16} and set(people().values_list("holder", flat=True)) == {"TY-MOAT"}
        assert entry.Flight.objects.get().landed_at == play.lands


class TestJudging:
    def test_everybody_declares_once_some_on_paper_and_as_their_group_says(self, city):
        play = a_flight_play(passengers=40, hospital=6)
        played_up_to_minute(play, 15)
        forms = {form.arrival_id: form for form in entry.Declaration.objects.all()}
        assert len(forms) == entry.Declaration.objects.count() == 42
        assert Counter(form.means for form in forms.values())["paper"] > 0
        assert {forms[one].contact_14d for one in play.groups["contacts"]} == {"yes"}
        bound = dict(people().values_list("pk", "destination"))
        assert {bound[one] for one in play.groups["onward"]} == {"capital"}
        ill = {one for one in forms if forms[one].symptoms}
        assert ill == set(play.groups["hospital"][1::2]), "the others of them have a fever"

    def test_exactly_every_second_of_those_bound_for_hospital_has_a_fever(self, city):
        play = a_flight_play(passengers=40, hospital=6)
        played_up_to_minute(play, 35)
        degrees = {fact.arrival_id: float(fact.value) for fact in entry.Fact.objects.filter(kind="temperature")}
        assert len(degrees) == 42
        assert {one for one, value in degrees.items() if value >= 37.3} == set(play.groups["hospital"][::2])

    def test_the_rules_send_the_sick_to_hospital_and_hold_those_who_wait_for_a_test(self, city):
        play = a_flight_play()
        played_up_to_minute(play, 70)
        sick = set(people(outcome=Outcome.HOSPITAL).values_list("pk", flat=True))
        assert sick == set(play.groups["hospital"])
        assert not people(outcome=Outcome.ONWARD).exists(), "nobody travels on before the first result"
        assert not people(outcome="").exists()

    def test_the_sick_are_handed_over_and_accepted_within_minutes(self, city):
        play = a_flight_play()
        played_up_to_minute(play, 100)
        (sent,) = entry.Handover.objects.all()
        assert (sent.sender, sent.receiver, sent.answer) == ("TY-MOAT", "HOSP-A", "accepted")
        assert sent.answered_at - sent.sent_at == 12 * MINUTE
        assert whereabouts()["hospital"] == len(play.groups["hospital"])

    def test_a_flight_on_which_nobody_is_sick_hands_nobody_over(self, city):
        played_up_to_minute(a_flight_play(hospital=0), 100)
        assert not entry.Handover.objects.exists() and whereabouts() == {"port": 16}

    def test_the_same_seed_draws_the_same_form_for_the_same_person(self, city):
        play = a_flight_play()
        played_up_to_minute(play, -180)
        listed = [(name, person) for name, group in play.groups.items() for person in group]
        first, again = ([play._form(random.Random("x"), *one) for one in listed] for _time in range(2))
        assert first == again and len(first) == 16


class TestRoomsAndResults:
    def test_rooms_go_to_those_who_stay_and_the_crew_to_their_house(self, with_house):
        play = a_flight_play()
        played_up_to_minute(play, 105)
        stays = quarantine.Stay.objects.all()
        kept = people(outcome=Outcome.QUARANTINE).exclude(kind="crew")
        assert {stay.arrival_id for stay in stays} == set(kept.values_list("pk", flat=True))
        assert whereabouts()["crew_house"] == 2 and stays.filter(admitted_at=None).count() == stays.count() > 0

    def test_without_a_house_everybody_waits_in_the_port_and_nothing_is_refused(self, city):
        played_up_to_minute(a_flight_play(), 105)
        assert not quarantine.Stay.objects.exists() and whereabouts()["port"] > 8

    def test_everybody_has_a_tube_and_the_results_come_in_three_files(self, with_house):
        play = a_flight_play()
        played_up_to_minute(play, 300)
        assert quarantine.Sample.objects.count() == 16 and quarantine.Sample.objects.exclude(result="").count() == 6
        played_up_to_minute_again(play, 300, 560)
        assert set(quarantine.Sample.objects.values_list("result", flat=True)) == {"negative"}
        lines = AuditLine.objects.filter(act="quarantine.laboratory.receive_results", refused="")
        assert lines.count() == 3

    def test_those_free_of_every_doubt_get_a_pass_and_travel_on_in_the_capitals_hands(self, with_house):
        play = a_flight_play()
        played_up_to_minute(play, 660)
        gone = set(people(whereabouts=entry.Whereabouts.DEPARTED).values_list("pk", flat=True))
        assert gone == set(play.groups["onward"]) and gone
        assert {one.arrival_id for one in entry.Pass.objects.all()} == gone
        assert entry.Handover.objects.get(receiver="BJ-RECV").answer == "accepted"
        assert whereabouts()["aboard"] == 0

    def test_a_traveller_who_may_sign_in_is_one_of_those_inside(self, with_house):
        play = a_flight_play()
        played_up_to_minute(play, 105)
        name_a_traveller(START)
        assert not User.objects.filter(username="traveller").exists(), "nobody is inside yet"
        stays = list(quarantine.Stay.objects.values_list("pk", flat=True))
        quarantine.admit(actor=acting("rooms"), stay_ids=stays, at=play.lands + 180 * MINUTE)
        name_a_traveller(START)
        unit = actor_named("traveller").unit
        assert people(pk=unit, whereabouts=entry.Whereabouts.HOUSE).exists()


def played_up_to_minute_again(play, since: int, until: int) -> None:
    """What lies between two minutes after the landing."""
    for step in sorted(play.steps(), key=lambda step: step.at):
        if play.lands + since * MINUTE < step.at <= play.lands + until * MINUTE:
            step.work(step.at)


class TestAfterACut:
    def test_another_process_finds_the_flight_and_draws_the_same_groups(self, city):
        first, second = a_flight_play(), a_flight_play()
        played_up_to_minute(first, 0)
        find_again(second)
        assert (
            second.flight_id == first.flight_id and second.groups == first.groups and second.party_of == first.party_of
        )

    def test_a_flight_that_is_only_announced_is_found_without_people(self, city):
        first, second = a_flight_play(), a_flight_play()
        first.announce(START)
        find_again(second)
        assert second.flight_id == first.flight_id and second.groups == {}

    def test_a_flight_that_was_never_announced_stays_unknown(self, city):
        play = a_flight_play()
        find_again(play)
        with pytest.raises(LookupError):
            _ = play.flight_id

    def test_an_act_out_of_its_turn_is_refused_recorded_and_the_next_goes_on(self, city, settings):
        settings.HUCHENG_EXERCISE = True
        play = a_flight_play()
        played_up_to_minute(play, -180)
        early = play_step(Step(START, "handover.send", lambda at: play.depart(at), "early"))
        assert early is not None
        assert play_step(Step(play.lands, "flight.land", play.land, "land")) is None
        kept = {row.key: (row.outcome, row.code) for row in PlayedStep.objects.all()}
        assert kept == {"early": ("refused", early.code), "land": ("played", "")}
        assert AuditLine.objects.filter(refused=early.code).exists() and whereabouts() == {"port": 16}


class TestLaboratory:
    def tubes(self, count=40):
        play = a_flight_play(passengers=count)
        played_up_to_minute(play, 0)
        ids = list(people().order_by("seat").values_list("pk", flat=True))
        laboratory.take(ids, "TYX", play.lands + 90 * MINUTE)
        return play.lands + 300 * MINUTE

    def test_nobody_to_sample_sends_nothing(self, city):
        laboratory.take([], "TYX", START)
        laboratory.report([], "empty", 1, START, misread=True)
        assert not AuditLine.objects.filter(act__startswith="quarantine.laboratory").exists()

    def test_a_misread_barcode_waits_and_is_read_again_from_the_tube(self, city, monkeypatch):
        at = self.tubes()
        monkeypatch.setattr(laboratory, "MISREAD", 0.2)
        laboratory.report(list(quarantine.Sample.objects.order_by("barcode")), "one", 1, at, misread=True)
        waiting = quarantine.ResultRow.objects.filter(state="unmatched")
        assert 0 < waiting.count() < 20 and all(row.barcode.endswith("X") for row in waiting)
        laboratory.work_off(at + 40 * MINUTE)
        assert not waiting.all().exists() and set(quarantine.Sample.objects.values_list("result", flat=True)) == {
            "negative"
        }

    def test_the_same_seed_misreads_the_same_tubes(self, city, monkeypatch):
        at = self.tubes()
        monkeypatch.setattr(laboratory, "MISREAD", 0.2)
        samples = list(quarantine.Sample.objects.order_by("barcode"))
        sent = []
        monkeypatch.setattr(laboratory.quarantine, "receive_results", lambda **given: sent.append(given["data"]))
        for _again in range(2):
            laboratory.report(samples, "one", 1, at, misread=True)
        laboratory.report(samples, "two", 1, at, misread=True)
        assert sent[0] == sent[1] != sent[2] and sent[0].startswith("\ufeff样本条码".encode())

    def test_a_file_without_misreading_names_every_tube(self, city):
        at = self.tubes()
        laboratory.report(list(quarantine.Sample.objects.all()), "one", 1, at, misread=False)
        assert quarantine.ResultRow.objects.filter(state="matched").count() == quarantine.Sample.objects.count()
