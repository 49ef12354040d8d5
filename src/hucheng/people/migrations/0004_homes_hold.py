from django.db import migrations, models
from django.db.models import Q

from hucheng.core.audit.guards import append_only


class Migration(migrations.Migration):
    """A home in the city names its county, by the database; changes are written once."""

    dependencies = [("people", "0003_name_known_homes")]
    operations = [
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=Q(home="county") & ~Q(place="000000") | ~Q(home="county") & Q(place="000000"),
                name="a_home_in_the_city_names_its_county",
            ),
        ),
        *append_only("people_homechange", ("UPDATE", "DELETE")),
    ]
