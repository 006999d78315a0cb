from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("seizures", "0002_closed_at")]

    operations = [
        migrations.AddIndex(
            "seizure",
            models.Index(
                condition=models.Q(("closed_at", None)), fields=["officer", "occurred_at"], name="seizures_seizure_open"
            ),
        ),
    ]
