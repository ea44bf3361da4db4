from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("staff", "0006_field_workers"),
    ]

    operations = [
        migrations.AddField(
            model_name="announcement",
            name="instead_of",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="user",
            name="mailed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="user",
            name="notices",
            field=models.CharField(
                blank=True,
                choices=[
                    ("off", "never"),
                    ("daily", "once a day, in the morning"),
                    ("at_once", "at once, and in the morning"),
                ],
                max_length=8,
                verbose_name="notices by mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("notices__in", ["", "off", "daily", "at_once"])),
                name="user_notices_known",
            ),
        ),
    ]
