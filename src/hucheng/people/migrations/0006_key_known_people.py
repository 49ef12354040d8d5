from django.db import migrations

from hucheng.people.register.finding import codes_of

AT_ONCE = 500


def key_known_people(apps, schema_editor):
    """Whoever is in the register gets the keys under which new records find people."""
    person, key = apps.get_model("people", "Person"), apps.get_model("people", "PersonKey")
    for one in person.objects.iterator(chunk_size=AT_ONCE):
        key.objects.bulk_create([key(person=one, code=code) for code in codes_of(one)])


class Migration(migrations.Migration):
    """People from before were found by the exact number of a document only."""

    dependencies = [("people", "0005_keys_and_doubts")]
    operations = [migrations.RunPython(key_known_people, migrations.RunPython.noop)]
