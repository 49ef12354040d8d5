from django.db import migrations, models

import hucheng.core.secrets.fields


class Migration(migrations.Migration):
    """The order of requisition names the owner and the address; who owns a house may be a person, so it is sealed."""

    dependencies = [("quarantine", "0008_a_house_given_back_unopened")]
    operations = [
        migrations.AddField(
            "house",
            "owner",
            hucheng.core.secrets.fields.EncryptedField(blank=True, default="", verbose_name="owner"),
        ),
        migrations.AddField(
            "house", "address", models.CharField(blank=True, default="", max_length=120, verbose_name="address")
        ),
        migrations.AddField(
            "house", "owner_contact", hucheng.core.secrets.fields.EncryptedField(blank=True, default="")
        ),
        migrations.AddField("house", "owner_phone", hucheng.core.secrets.fields.EncryptedField(blank=True, default="")),
    ]
