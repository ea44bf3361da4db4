from django.db import migrations, models


def audience():
    return models.CharField(
        choices=[("government", "Telling a government"), ("partner", "Telling a partner organisation")],
        default="government",
        max_length=10,
        verbose_name="what the person agrees to",
    )


def without_default():
    field = audience()
    return models.CharField(choices=field.choices, max_length=10, verbose_name=field.verbose_name)


class Migration(migrations.Migration):
    """What was handed over so far went to governments: there was nobody else to choose."""

    dependencies = [("disclosures", "0001_handing_over")]

    operations = [
        migrations.AddField(model_name=model, name="audience", field=audience())
        for model in ("disclosure", "export")
    ] + [
        migrations.AlterField(model_name=model, name="audience", field=without_default())
        for model in ("disclosure", "export")
    ]
