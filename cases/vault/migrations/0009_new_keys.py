from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0008_adopt_what_is_sealed")]
    operations = [
        migrations.AddField("safe", "bond", models.BinaryField(default=b"")),
        migrations.AddField("safe", "rekey_due_at", models.DateTimeField(null=True)),
        migrations.AddField("grant", "suspended_at", models.DateTimeField(null=True)),
        migrations.AddField("accessrequest", "after_rekey", models.BooleanField(default=False)),
    ]
