from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0006_longer_kinds")]
    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("thing", models.UUIDField(editable=False)),
                ("leaf", models.BinaryField()),
                ("batch", models.BinaryField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
