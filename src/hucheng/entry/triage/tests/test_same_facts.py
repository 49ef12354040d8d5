"""R-19: the same facts lead to the same decision, whoever the person is and wherever they come from."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hucheng.core.scope.actor import SYSTEM
from hucheng.core.terms import Destination, Role
from hucheng.core.testing import COUNTY, OTHER_COUNTY, a_city, after, an_actor
from hucheng.entry.flights.models import Arrival
from hucheng.entry.testing import a_landed_flight, a_passenger, declared, facts, the_rules
from hucheng.entry.triage.actions import triage_flight
from hucheng.entry.triage.models import Fact
from hucheng.people import door as people

K = Fact.Kind
SAID = {
    "symptoms": st.sampled_from([(), ("cough",), ("fever", "fatigue")]),
    "contact_14d": st.booleans(),
    "complete": st.booleans(),
    "destination": st.sampled_from(Destination),
}
FOUND = {
    K.TEMPERATURE: st.sampled_from(["", "36.5", "37.3", "39"]),
    K.TEST: st.sampled_from(["", "negative", "pending", "positive"]),
    K.CASE: st.sampled_from(["", "suspected", "cleared"]),
    K.CONTACT: st.sampled_from(["", "yes"]),
}
OTHERS = {
    "nationality": st.sampled_from(["CHN", "CAN", "ETH", "IRN", "ITA", "USA"]),
    "sex": st.sampled_from(["F", "M", "X"]),
    "birth": st.dates(date(1925, 1, 1), date(2019, 12, 31)),
    "embark": st.sampled_from(["YYZ", "ADD", "MXP", "IKA"]),
}
ONE, OTHER = "11A", "41F"


class SameFacts(TestCase):
    """Two people thirty rows apart, of whom the same is known."""

    def decided(self, one, other, said, found):
        """What the table decides about each, with the row that decided."""
        the_rules()
        flight = a_landed_flight(
            [replace(a_passenger(1, seat=ONE), **one), replace(a_passenger(2, seat=OTHER), **other)]
        )
        both = Arrival.objects.filter(flight=flight)
        declared(both, at=after(20), **said)
        for kind, value in found.items():
            if value:
                facts(both, kind, value, at=after(30))
        triage_flight(actor=an_actor(Role.MEDICAL), flight_id=flight.pk, because="screening", at=after(60))
        return [
            (row.outcome, row.risk, row.last_triage.rule, row.last_triage.code)
            for row in (both.get(seat=ONE), both.get(seat=OTHER))
        ]

    @settings(max_examples=20)
    @given(st.fixed_dictionaries(OTHERS), st.fixed_dictionaries(SAID), st.fixed_dictionaries(FOUND))
    def test_nationality_sex_age_and_airport_do_not_change_a_decision(self, other, said, found):
        plain = {"nationality": "CHN", "sex": "F", "birth": date(1985, 4, 30), "embark": "YYZ"}
        first, second = self.decided(plain, other, said, found)
        assert first == second

    @settings(max_examples=8)
    @given(st.sampled_from([COUNTY, OTHER_COUNTY, ""]), st.fixed_dictionaries(FOUND))
    def test_the_home_county_does_not_change_a_decision(self, county, found):
        a_city()
        first, second = self.decided({}, {}, {}, found)
        moved = Arrival.objects.get(seat=OTHER)
        people.settle_homes(actor=SYSTEM, homes={moved.person_id: county}, why="test", at=after(70))
        triage_flight(actor=an_actor(Role.MEDICAL), flight_id=moved.flight_id, because="again", at=after(80))
        moved.refresh_from_db()
        again = (moved.outcome, moved.risk, moved.last_triage.rule, moved.last_triage.code)
        assert first == second == again

    @settings(max_examples=8)
    @given(st.fixed_dictionaries(FOUND), st.sampled_from(["diet", "interpreter", "wheelchair"]))
    def test_what_a_person_needs_does_not_change_a_decision(self, found, need):
        first, second = self.decided({}, {}, {}, found)
        other = Arrival.objects.filter(seat=OTHER)
        declared(other, at=after(70), needs=(need,))
        row = other.get()
        assert first == second == (row.outcome, row.risk, row.last_triage.rule, row.last_triage.code)
