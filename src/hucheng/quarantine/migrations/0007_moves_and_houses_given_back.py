from django.db import migrations, models

import hucheng.core.secrets.fields


class Migration(migrations.Migration):
    """A move keeps why it was made, a house given back keeps when; no house was given back before."""

    dependencies = [("quarantine", "0006_a_positive_beside_a_new_sample")]
    operations = [
        migrations.AddField("stay", "moved_why", hucheng.core.secrets.fields.EncryptedField(blank=True, default="")),
        migrations.AddField("house", "returned_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddConstraint(
            "house",
            models.CheckConstraint(
                condition=models.Q(("state", "returned")) ^ models.Q(("returned_at", None)),
                name="a_house_given_back_says_when",
            ),
        ),
    ]
