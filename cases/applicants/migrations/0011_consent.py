import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cases.staff.models.people


class Migration(migrations.Migration):
    dependencies = [
        ("applicants", "0010_last_written_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("keeping", "Keeping the case"),
                            ("government", "Telling a government"),
                            ("partner", "Telling a partner organisation"),
                            ("media", "The media"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("ru", "Russian"),
                            ("uk", "Ukrainian"),
                            ("en", "English"),
                            ("fr", "French"),
                            ("de", "German"),
                            ("kk", "Kazakh"),
                            ("tt", "Tatar"),
                            ("ba", "Bashkir"),
                            ("ce", "Chechen"),
                            ("bua", "Buryat"),
                            ("tyv", "Tuvan"),
                            ("sah", "Yakut"),
                            ("hy", "Armenian"),
                            ("ka", "Georgian"),
                            ("az", "Azerbaijani"),
                            ("uz", "Uzbek"),
                            ("ky", "Kyrgyz"),
                            ("tg", "Tajik"),
                            ("tr", "Turkish"),
                            ("sr", "Serbian"),
                            ("be", "Belarusian"),
                            ("es", "Spanish"),
                        ],
                        max_length=3,
                        verbose_name="language",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("text", models.TextField(max_length=5000, verbose_name="text")),
                (
                    "added_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="added"
                    ),
                ),
            ],
            options={
                "verbose_name": "text of consent",
                "verbose_name_plural": "texts of consent",
                "ordering": ["purpose", "language", "-version"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("purpose", "language", "version"), name="consent_text_once_a_version"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["keeping", "government", "partner", "media"])),
                        name="consent_text_purpose_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=cases.staff.models.people.random_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("keeping", "Keeping the case"),
                            ("government", "Telling a government"),
                            ("partner", "Telling a partner organisation"),
                            ("media", "The media"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                (
                    "outlet",
                    models.CharField(blank=True, max_length=100, verbose_name="newspaper or programme"),
                ),
                ("shows_name", models.BooleanField(default=False, verbose_name="name")),
                ("shows_face", models.BooleanField(default=False, verbose_name="face")),
                ("shows_voice", models.BooleanField(default=False, verbose_name="voice")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("signal", "Signal"),
                            ("telegram", "Telegram"),
                            ("whatsapp", "WhatsApp"),
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("meeting", "In person"),
                            ("partner_ngo", "Through a partner organisation"),
                            ("other", "Another way"),
                        ],
                        max_length=20,
                        verbose_name="how the person answered",
                    ),
                ),
                (
                    "by_guardian",
                    models.BooleanField(
                        default=False, verbose_name="a parent or guardian answers for the person"
                    ),
                ),
                ("given_on", models.DateField(null=True, verbose_name="agreed on")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("withdrawn_on", models.DateField(null=True, verbose_name="withdrawn on")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="applicants.applicant",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applicants.consenttext",
                    ),
                ),
            ],
            options={
                "ordering": ["-recorded_at"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        fields=["applicant", "purpose", "outlet", "-recorded_at"],
                        name="applicants__applica_cf911b_idx",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["keeping", "government", "partner", "media"])),
                        name="consent_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_on__isnull", False), ("withdrawn_on__isnull", False), _connector="OR"
                        ),
                        name="consent_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_by__isnull", True), ("withdrawn_on__isnull", True)),
                            models.Q(("withdrawn_by__isnull", False), ("withdrawn_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_when_and_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("given_on__isnull", True),
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gte", models.F("given_on")),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_after_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", "media"), models.Q(("outlet", ""), _negated=True)),
                            models.Q(
                                models.Q(("purpose", "media"), _negated=True),
                                ("outlet", ""),
                                ("shows_face", False),
                                ("shows_name", False),
                                ("shows_voice", False),
                            ),
                            _connector="OR",
                        ),
                        name="consent_outlet_of_media_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", "media"), _negated=True),
                            ("given_on__isnull", True),
                            ("shows_name", True),
                            ("shows_face", True),
                            ("shows_voice", True),
                            _connector="OR",
                        ),
                        name="consent_to_something_of_media",
                    ),
                ],
            },
        ),
    ]
