"""The triggers that refuse every change of what was appended."""

from django.db import migrations

from copes.foundation.journal import triggers

TABLES = (
    "journal_entry",
    "journal_tile",
    "journal_checkpoint",
    "journal_cosignature",
    "journal_disclosure",
    "journal_edge",
    "journal_cosigned_log",
)


def create(apps, schema_editor):
    triggers.create(schema_editor.connection, tables=TABLES)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
