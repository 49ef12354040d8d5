"""Staple goods with their rule, their daily prices and stocks, and the alerts that the rule opens."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hucheng.core.places.models import Named
from hucheng.core.rows import Row
from hucheng.core.scope.queryset import ScopedManager
from hucheng.economy.reported import Reported


class Good(Row, Named):
    """One staple good and its rule: which change of price in a week, and which stock, need a person's answer."""

    class Kind(models.TextChoices):
        FOOD = "food", _("Staple food")
        PROTECTION = "protection", _("Protection")

    class Unit(models.TextChoices):
        KG = "kg", _("kg")
        LITRE = "l", _("litre")
        PIECE = "piece", _("piece")

    place = models.CharField(max_length=6)
    code = models.SlugField(max_length=30)
    kind = models.CharField(max_length=10, choices=Kind)
    unit = models.CharField(max_length=5, choices=Unit)
    least_days = models.PositiveSmallIntegerField(_("least days of stock"))
    week_change = models.DecimalField(_("largest change in a week, per cent"), max_digits=5, decimal_places=1)
    rule_source = models.CharField(_("source of the rule"), max_length=200)

    objects = ScopedManager()

    class Meta:
        ordering = ["kind", "code"]
        constraints = [
            models.UniqueConstraint(fields=["place", "code"], name="one_good_a_code"),
            models.CheckConstraint(condition=~Q(rule_source=""), name="a_rule_of_supply_names_its_source"),
        ]


class PriceReport(Reported):
    """The price of one good on one day, in yuan a unit."""

    good = models.ForeignKey(Good, models.PROTECT, related_name="prices")
    price = models.DecimalField(_("price, yuan"), max_digits=10, decimal_places=2)

    objects = ScopedManager()
    scope_path = "good__place"

    class Meta(Reported.Meta):
        constraints = [
            *Reported.Meta.constraints,
            models.UniqueConstraint(fields=["good", "day", "revision"], name="one_price_a_day"),
            models.CheckConstraint(condition=Q(price__gt=0), name="a_price_is_above_nothing"),
        ]


class StockReport(Reported):
    """The stock of one good on one day and what a day uses up, in its unit."""

    good = models.ForeignKey(Good, models.PROTECT, related_name="stocks")
    stock = models.DecimalField(_("stock"), max_digits=14, decimal_places=1)
    use_a_day = models.DecimalField(_("use a day"), max_digits=14, decimal_places=1)

    objects = ScopedManager()
    scope_path = "good__place"

    class Meta(Reported.Meta):
        constraints = [
            *Reported.Meta.constraints,
            models.UniqueConstraint(fields=["good", "day", "revision"], name="one_stock_a_day"),
            models.CheckConstraint(condition=Q(stock__gte=0, use_a_day__gt=0), name="stock_and_use_can_be_divided"),
        ]

    @property
    def days(self) -> Decimal:
        """For how many days the stock lasts."""
        return self.stock / self.use_a_day


class Alert(Row):
    """Something that the rule noticed and a person must answer."""

    class Kind(models.TextChoices):
        PRICE = "price", _("Price")
        STOCK = "stock", _("Stock")

    good = models.ForeignKey(Good, models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=5, choices=Kind)
    day = models.DateField()
    value = models.DecimalField(max_digits=10, decimal_places=1)
    limit = models.DecimalField(max_digits=10, decimal_places=1)
    opened_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("what was done"), max_length=400, blank=True)

    objects = ScopedManager()
    scope_path = "good__place"

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["kind", "handled_at", "opened_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["good", "kind"], condition=Q(handled_at=None), name="one_open_alert_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, answer="")
                | (Q(handled_at__isnull=False, handled_at__gte=F("opened_at")) & ~Q(answer="")),
                name="an_alert_is_handled_in_words",
            ),
        ]
