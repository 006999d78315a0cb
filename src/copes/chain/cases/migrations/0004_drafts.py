from django.db import migrations, models

import copes.foundation.journal.fields


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_lasting_controls'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', copes.foundation.journal.fields.IdField(primary_key=True, serialize=False)),
                ('officer', copes.foundation.journal.fields.IdField()),
                ('form', models.CharField(max_length=80)),
                ('data', models.TextField()),
                ('updated_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'cases_draft',
                'constraints': [
                    models.UniqueConstraint(fields=('officer', 'form'), name='cases_draft_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Habit',
            fields=[
                ('officer', copes.foundation.journal.fields.IdField(primary_key=True, serialize=False)),
                ('places', models.JSONField(default=list)),
                ('powers', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'cases_habit',
            },
        ),
    ]
