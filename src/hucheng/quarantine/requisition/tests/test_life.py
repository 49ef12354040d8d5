"""The life of a house, in any order of acts: no paper, no opening; and the list never says otherwise."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from hucheng.core.clock import SHANGHAI
from hucheng.core.terms import Role
from hucheng.core.testing import COUNTY, an_actor
from hucheng.quarantine.requisition.actions import (
    HouseSpec,
    RoomSpec,
    activate,
    check_certificate,
    file_certificate,
    missing_papers,
    order_requisition,
)
from hucheng.quarantine.requisition.measures import certified
from hucheng.quarantine.requisition.models import Certificate, House
from hucheng.quarantine.requisition.queries import houses_seen_by
from hucheng.quarantine.tests.history import History, play

CODES = st.sampled_from(["H01", "H02"])
PEOPLE = st.sampled_from(["first", "second", "third"])
KINDS = [kind.value for kind in Certificate.Kind]


@dataclass
class Paper:
    """A paper as this history remembers it."""

    pk: UUID
    house: str
    kind: str
    until: date
    first: str
    second: str = ""


class LifeOfAHouse(History):
    """Two houses, three colleagues, papers that run out."""

    def begin(self) -> None:
        self.papers: list[Paper] = []
        self.opened: dict[str, object] = {}

    @property
    def today(self) -> date:
        return self.at.astimezone(SHANGHAI).date()

    def colleague(self, name):
        return an_actor(Role.QUARANTINE, name=name)

    def house(self, code):
        return House.objects.filter(code=code).first()

    def lacking(self, code):
        good = {p.kind for p in self.papers if p.house == code and p.second and p.until >= self.today}
        return [kind for kind in KINDS if kind not in good]

    @rule(code=CODES)
    def order(self, code):
        known = self.house(code) is not None
        spec = HouseSpec(code, COUNTY, "酒店", "House", 9, False, (RoomSpec(1, "101", 2), RoomSpec(1, "102", 1)))
        said = self.attempt(order_requisition, actor=self.colleague("first"), house=spec)
        assert said == ("house_known" if known else "")

    @rule(code=CODES, name=PEOPLE, kind=st.sampled_from(KINDS), days=st.sampled_from([-1, 0, 1, 400]))
    def file(self, code, name, kind, days):
        self.file_one(code, name, kind, days)

    @rule(code=CODES, left_out=st.sampled_from(["", *KINDS]), days=st.sampled_from([2, 400]))
    def bring_the_papers_but_one(self, code, left_out, days):
        self.order(code)
        for kind in KINDS:
            self.file_one(code, "first", kind, days)
            if kind != left_out:
                self.look_at("second", self.papers[-1])

    def file_one(self, code, name, kind, days):
        house = self.house(code)
        if house is None:
            return
        until, actor = self.today + timedelta(days=days), self.colleague(name)
        paper = file_certificate(
            actor=actor, house_id=house.pk, kind=kind, valid_until=until, file_name=f"{kind}-1", at=self.at
        )
        self.papers.append(Paper(paper.pk, code, kind, until, name))

    @rule(name=PEOPLE, number=st.integers(0, 20))
    def look(self, name, number):
        if self.papers:
            self.look_at(name, self.papers[number % len(self.papers)])

    def look_at(self, name, paper):
        said = self.attempt(check_certificate, actor=self.colleague(name), certificate_id=paper.pk)
        if name == paper.first:
            assert said == "same_hand"
        elif paper.second:
            assert said == "looked_at_twice"
        elif paper.until < self.today:
            assert said == "out_of_date"
        else:
            assert said == ""
            paper.second = name

    @rule(code=CODES, name=PEOPLE)
    def open(self, code, name):
        house = self.house(code)
        if house is None:
            return
        said = self.attempt(activate, actor=self.colleague(name), house_id=house.pk)
        if code in self.opened:
            assert said == "not_ordered"
        else:
            assert said == ("papers_missing" if self.lacking(code) else "")
            if not said:
                self.opened[code] = self.at

    @rule(days=st.integers(1, 3))
    def wait(self, days):
        self.at += timedelta(days=days)

    @invariant()
    def a_house_is_open_from_the_minute_its_papers_were_whole_and_not_before(self):
        for house in House.objects.all():
            assert house.ready_at == self.opened.get(house.code)
            assert house.state == ("active" if house.code in self.opened else "ordered")

    @invariant()
    def what_is_missing_is_what_nobody_filed_or_two_people_did_not_look_at(self):
        lines = {line.house.code: line for line in houses_seen_by(self.colleague("first"), self.at)}
        for code, line in lines.items():
            assert [str(kind) for kind in missing_papers(line.house, self.at)] == self.lacking(code)
            assert line.papers == 4 - len(self.lacking(code)) and line.rooms == line.free == 2

    @invariant()
    def the_measure_counts_open_houses_whose_papers_still_hold(self):
        reading = certified(self.colleague("first"), self.at)
        whole = sum(not self.lacking(code) for code in self.opened)
        assert (reading.numerator, reading.denominator) == (whole, len(self.opened))

    @invariant()
    def two_people_looked_at_every_paper_that_counts(self):
        for paper in self.papers:
            row = Certificate.objects.get(pk=paper.pk)
            second = self.colleague(paper.second).user_id if paper.second else None
            assert (row.first_check_id, row.second_check_id) == (self.colleague(paper.first).user_id, second)


@pytest.mark.django_db
def test_no_order_of_acts_opens_a_house_without_its_papers():
    play(LifeOfAHouse, examples=10, steps=12)
