from django.db import migrations, models

import copes.foundation.journal.fields


class Migration(migrations.Migration):

    dependencies = [
        ('seizures', '0003_open_reports'),
    ]

    operations = [
        migrations.CreateModel(
            name='Favourite',
            fields=[
                ('id', copes.foundation.journal.fields.IdField(primary_key=True, serialize=False)),
                ('officer', copes.foundation.journal.fields.IdField(db_index=True)),
                ('item', models.JSONField()),
            ],
            options={
                'db_table': 'seizures_favourite',
            },
        ),
    ]
