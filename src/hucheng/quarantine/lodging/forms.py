"""What a move to another room, and the closing of a floor, take from the page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hucheng.quarantine.lodging.models import Room, Stay


class MoveForm(forms.Form):
    """Who of a room moves to which free one, and why."""

    stay = forms.UUIDField(label=_("Guest"), widget=forms.Select)
    room = forms.UUIDField(label=_("New room"), widget=forms.Select)
    why = forms.CharField(label=_("Why"), max_length=200)

    def __init__(self, *args: Any, stays: Sequence[Stay] = (), rooms: Sequence[Room] = (), **kwargs: Any) -> None:
        """stays: who may move; rooms: the free ones of houses in use."""
        super().__init__(*args, **kwargs)
        guests, free = self.fields["stay"].widget, self.fields["room"].widget
        guests.choices = [(stay.pk, stay.arrival.person.full_name) for stay in stays]
        free.choices = [(room.pk, f"{room.house.code} {room.number}") for room in rooms]


class FloorForm(forms.Form):
    """Which floor of a house."""

    floor = forms.IntegerField(min_value=-32768, max_value=32767)


class ClosingForm(forms.Form):
    """Why a floor goes out of use."""

    why = forms.CharField(label=_("Why"), max_length=200)
