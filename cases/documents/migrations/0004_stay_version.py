from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_scans"),
    ]

    operations = [
        migrations.AddField(
            model_name="stay",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
