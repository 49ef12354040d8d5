from django.db import migrations, models


class Migration(migrations.Migration):
    """The order and the notice of return carry the numbers of the registry, and say whom the owner may ask."""

    dependencies = [("quarantine", "0010_appeals_filed_for_guests")]
    operations = [
        migrations.AddField("house", "order_number", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("house", "return_number", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("house", "enquiries_to", models.CharField(blank=True, default="", max_length=40)),
        migrations.AddField("house", "enquiries_phone", models.CharField(blank=True, default="", max_length=20)),
        migrations.AddConstraint(
            "house",
            models.UniqueConstraint(
                condition=~models.Q(order_number=""),
                fields=("order_number",),
                name="an_order_has_a_number_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            "house",
            models.UniqueConstraint(
                condition=~models.Q(return_number=""),
                fields=("return_number",),
                name="a_return_has_a_number_of_its_own",
            ),
        ),
    ]
