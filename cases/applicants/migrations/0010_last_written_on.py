from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applicants", "0009_quick_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="applicant",
            name="last_written_on",
            field=models.DateField(blank=True, null=True, verbose_name="last written to"),
        ),
    ]
