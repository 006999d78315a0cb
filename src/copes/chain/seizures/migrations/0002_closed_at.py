from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import migrations, models


def fill(apps: Any, schema_editor: Any) -> None:
    """When the reports there are already were closed."""
    table = apps.get_model("seizures", "Seizure").objects.using(schema_editor.connection.alias)
    for row in table.only("id", "body").iterator():
        if row.body.get("closed_at"):
            table.filter(id=row.id).update(closed_at=datetime.fromisoformat(row.body["closed_at"]))


class Migration(migrations.Migration):
    dependencies = [("seizures", "0001_initial")]

    operations = [
        migrations.AddField("seizure", "closed_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
