from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('custody', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='exhibit',
            index=models.Index(fields=['holder', 'category', 'case', 'ordinal'], name='custody_exhibit_held_category'),
        ),
    ]
