"""The read-audit is append-only."""

from django.db import migrations

from copes.foundation.journal import triggers


def create(apps, schema_editor):
    triggers.create(schema_editor.connection, tables=("people_reading",))


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0002_triggers")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
