"""Quarantine houses and their certificates; without the four there is no activation (INQ-32)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.core.secrets import EncryptedField
from hucheng.core.terms import Role


class House(Row, Named):
    """A designated hotel, from the order of requisition to its return.

    owner          the firm or person that it is taken from and goes back to; how to reach the owner is for the keepers
                   alone
    order_number   as the registry of documents gave it, and return_number that of the notice: 并防指征〔2020〕7号
    enquiries_to   whom the owner may ask, as both papers print it
    """

    class State(models.TextChoices):
        ORDERED = "ordered", _("Ordered")
        ACTIVE = "active", _("In use")
        RETURNED = "returned", _("Given back")

    code = models.CharField(_("code"), max_length=10, unique=True)
    place = models.CharField(max_length=6)
    minutes_to_hospital = models.PositiveSmallIntegerField(_("minutes to hospital"))
    halal = models.BooleanField(_("halal kitchen"), default=False)
    state = models.CharField(max_length=8, choices=State, default=State.ORDERED)
    ordered_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    owner = EncryptedField(_("owner"), blank=True, default="")
    address = models.CharField(_("address"), max_length=120, blank=True, default="")
    owner_contact = EncryptedField(blank=True, default="")
    owner_phone = EncryptedField(blank=True, default="")
    order_number = models.CharField(max_length=40, blank=True, default="")
    return_number = models.CharField(max_length=40, blank=True, default="")
    enquiries_to = models.CharField(max_length=40, blank=True, default="")
    enquiries_phone = models.CharField(max_length=20, blank=True, default="")

    objects = ScopedManager()
    unit_paths = {Role.HOUSE: "code"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="active") | Q(ready_at__isnull=False), name="ready_before_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state="returned") ^ Q(returned_at=None), name="a_house_given_back_says_when"
            ),
            models.UniqueConstraint(
                fields=["order_number"], condition=~Q(order_number=""), name="an_order_has_a_number_of_its_own"
            ),
            models.UniqueConstraint(
                fields=["return_number"], condition=~Q(return_number=""), name="a_return_has_a_number_of_its_own"
            ),
        ]


class Certificate(Row):
    """One of the four papers of a house, looked at by two different people."""

    class Kind(models.TextChoices):
        STRUCTURE = "structure", _("Structure")
        FIRE = "fire", _("Fire safety")
        ELECTRIC = "electric", _("Electrical safety")
        VENTILATION = "ventilation", _("Ventilation")

    house = models.ForeignKey(House, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=11, choices=Kind)
    valid_until = models.DateField(_("valid until"))
    file_name = models.CharField(_("paper"), max_length=120)
    filed_at = models.DateTimeField()
    first_check = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_check = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    scope_path = "house__place"
    unit_paths = {Role.HOUSE: "house__code"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(second_check=None) | ~Q(first_check=models.F("second_check")),
                name="two_people_check_a_paper",
            ),
            models.CheckConstraint(
                condition=Q(second_check=None) | Q(first_check__isnull=False), name="first_check_before_second"
            ),
        ]
