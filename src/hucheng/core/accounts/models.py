"""People who sign in, and what they may do where."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from hucheng.core.rows import Row
from hucheng.core.terms import Role


class User(Row, AbstractUser):
    """A person who signs in. The display name is what colleagues see; no other personal data is kept."""

    display_name = models.CharField(_("name"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)

    class Meta(AbstractUser.Meta):
        db_table = "core_user"

    def __str__(self) -> str:
        return self.display_name or self.username


class RoleGrant(Row):
    """One role at one place, bound to one unit where the role is. A person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    place = models.CharField(max_length=6)
    unit = models.CharField(max_length=40, blank=True)
    organisation = models.CharField(max_length=20, blank=True)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "place", "unit"],
                condition=models.Q(ended_at=None),
                name="one_open_grant_of_a_kind",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=["house", "school", "traveller"], unit=""),
                name="role_bound_to_a_unit_names_it",
            ),
        ]


class ApiToken(Row):
    """A token for a device or program; only its SHA-256 is kept."""

    grant = models.ForeignKey(RoleGrant, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
