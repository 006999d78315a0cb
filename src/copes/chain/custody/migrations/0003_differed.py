from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("custody", "0002_held_category")]

    operations = [
        migrations.AddIndex(
            "handover",
            models.Index(
                condition=models.Q(("state", "declined"), ("answer_seal_state", "broken"), _connector="OR"),
                fields=["released_by", "answered_at"],
                name="custody_handover_differed",
            ),
        ),
    ]
