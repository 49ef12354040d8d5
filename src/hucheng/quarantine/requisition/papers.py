"""The two papers of a house in the national format: the order that takes it, the notice that gives it back.

Both are in Chinese, as official documents are, and from the record alone: nothing in them is typed for the paper. Their
numbers are given by the registry of documents and put on record with the house.
"""

from datetime import date, datetime

from django.db.models import Sum
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hucheng.core.clock import SHANGHAI
from hucheng.core.places.queries import bodies_of, place_names
from hucheng.core.refusal import Refusal
from hucheng.core.scope.actor import place_prefix
from hucheng.engines.papers.official import (
    Contact,
    DocumentNumber,
    NoticePaper,
    Requisitioned,
    RequisitionPaper,
    Section,
)
from hucheng.quarantine.requisition.grounds import grounds_on
from hucheng.quarantine.requisition.models import House

PURPOSE = "入境人员集中隔离医学观察"
"""What every house of this wing is taken for."""
KINDS: dict[str, Promise] = {"headquarters": _("headquarters"), "office": _("office of the leading group")}


def requisition_order(house: House) -> RequisitionPaper:
    """The order that takes a house, dated as it was ordered: issued by the city's headquarters to the owner.

    Refuses a house without owner on record, a day on which no known law allows it, and a city that has not exactly one
    headquarters and one office.
    """
    _need_owner(house)
    return RequisitionPaper(
        issuer=_body(house, "headquarters"),
        printed_by=_body(house, "office"),
        date=_day(house.ordered_at),
        number=_number(house.order_number),
        contact=_contact(house),
        owner=house.owner,
        house=house.name_zh,
        address=house.address,
        basis=_grounds(house),
        purpose=PURPOSE,
        since=_day(house.ordered_at),
        items=_items(house),
    )


def notice_of_return(house: House) -> NoticePaper:
    """The notice that gives a house back, dated as it was given back. Raises Http404 before; refuses as the order."""
    if house.returned_at is None:
        raise Http404
    _need_owner(house)
    issuer = _body(house, "headquarters")
    ended = "集中隔离任务已经完成" if house.ready_at else f"{house.name_zh}尚未启用且不再需要"
    said = "、".join(f"{one.name}{one.quantity}{one.unit}" for one in _items(house))
    cleaned = "使用过的客房均已消毒。" if house.ready_at else ""
    return NoticePaper(
        issuer=issuer,
        printed_by=_body(house, "office"),
        date=_day(house.returned_at),
        number=_number(house.return_number),
        contact=_contact(house),
        title=f"关于返还{house.name_zh}的通知",
        to=(house.owner,),
        opening=(
            f"因{PURPOSE}需要，根据{'、'.join(_grounds(house))}，我单位自{_said(_day(house.ordered_at))}起征用你单位所有"
            f"或者管理的{house.name_zh}（{house.address}）。现{ended}，决定自{_said(_day(house.returned_at))}起返还。"
            "有关事项通知如下："
        ),
        sections=(
            Section("返还的设施", (f"{said}，交接时由双方对照征用清单逐项清点、登记造册。{cleaned}",)),
            Section("补偿", ("房屋和设施被征用或者征用后毁损、灭失的，依法给予补偿。",)),
        ),
    )


def _need_owner(house: House) -> None:
    if not (house.owner and house.address):
        raise Refusal(
            "owner_missing",
            why=_("Neither paper can be written: the owner or the address of this house is not on record."),
            do=_("Record the owner on the page of the house, then take the paper again."),
        )


def _grounds(house: House) -> tuple[str, ...]:
    day = _day(house.ordered_at)
    grounds = grounds_on(day)
    if not grounds:
        raise Refusal(
            "no_legal_ground",
            why=_("No law on record allows a requisition on %(day)s.") % {"day": day},
            do=_("Have the law of that day read and its articles added to the table of grounds; then take the paper."),
        )
    return grounds


def _body(house: House, kind: str) -> str:
    """The one body of this kind in the city of the house, by its full name: 市疫情防控指挥部 is that of 太原市."""
    city = place_prefix(house.place)[:4].ljust(6, "0")
    found, place = bodies_of(city, kind), place_names().get(city)
    if len(found) != 1:
        raise Refusal(
            "body_not_one",
            why=_("%(city)s has %(count)s bodies of the kind “%(kind)s”; these papers need exactly one.")
            % {"city": place.name if place else city, "count": len(found), "kind": KINDS[kind]},
            do=_("Mend the register of organisations of this city and load it again."),
        )
    return f"{place.name_zh}{found[0].name_zh.removeprefix('市')}" if place else found[0].name_zh


def _number(said: str) -> DocumentNumber | None:
    return DocumentNumber.read(said) if said else None


def _contact(house: House) -> Contact | None:
    return Contact(house.enquiries_to, house.enquiries_phone) if house.enquiries_to else None


def _items(house: House) -> tuple[Requisitioned, ...]:
    rooms = house.rooms.count()
    beds = house.rooms.aggregate(n=Sum("beds"))["n"]
    return Requisitioned("客房", rooms, "间"), Requisitioned("床位", beds, "张")


def _day(moment: datetime) -> date:
    return moment.astimezone(SHANGHAI).date()


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
