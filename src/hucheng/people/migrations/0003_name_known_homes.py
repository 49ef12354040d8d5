from django.db import migrations


def name_known_homes(apps, schema_editor):
    """People whose place is a county live there; the place of everybody else is not known."""
    person = apps.get_model("people", "Person")
    person.objects.exclude(place__endswith="00").update(home="county")
    person.objects.filter(place__endswith="00").update(place="000000")


class Migration(migrations.Migration):
    """Rows from before carry a county or a city in the same field."""

    dependencies = [("people", "0002_homes")]
    operations = [migrations.RunPython(name_known_homes, migrations.RunPython.noop)]
