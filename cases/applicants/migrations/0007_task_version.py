from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applicants", "0006_sealed_notes"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
