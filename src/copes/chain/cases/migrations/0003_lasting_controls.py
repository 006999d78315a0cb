from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_tasks_and_state")]

    operations = [
        migrations.AddIndex(
            "control",
            models.Index(
                condition=models.Q(("ended_at", None)), fields=["officer", "started_at"], name="cases_control_lasting"
            ),
        ),
    ]
