import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cases.staff.models.people


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applicants", "0003_safes_know_their_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("lost", "A device is lost or stolen"),
                            ("arrested", "Arrested, searched, or cannot be reached"),
                            ("misused", "Somebody else seems to use the account"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("cases_seen", models.PositiveIntegerField(default=0)),
                ("noticed_at", models.DateTimeField()),
                ("noticed_reason", models.CharField(blank=True, max_length=200)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("notify", "The authority is notified"), ("no_need", "No need to notify")],
                        max_length=10,
                    ),
                ),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                ("notified_at", models.DateTimeField(null=True)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Exposed",
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
                ("name", models.BooleanField()),
                ("account", models.BooleanField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applicants.applicant",
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="desk.breach"
                    ),
                ),
                (
                    "warned_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("opened_at"), descending=True, nulls_last=True),
                    "-applicant__urgency",
                    "applicant__pseudonym",
                ],
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("user",),
                name="one_open_breach_a_colleague",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("noticed_at__lte", models.F("opened_at"))), name="breach_noticed_before"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")),
                    models.Q(
                        models.Q(("decision_reason", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decision__in", ["notify", "no_need"]),
                    ),
                    _connector="OR",
                ),
                name="breach_decision_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("notified_at__isnull", True), ("decision", "notify"), _connector="OR"),
                name="breach_notified_as_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(
                        ("closed_at__isnull", False), ("closed_by__isnull", False), ("decision", "no_need")
                    ),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        ("notified_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="breach_closed_when_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="exposed",
            constraint=models.UniqueConstraint(fields=("breach", "applicant"), name="exposed_once_a_breach"),
        ),
        migrations.AddConstraint(
            model_name="exposed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("warned_at__isnull", True), ("warned_by__isnull", True)),
                    models.Q(("warned_at__isnull", False), ("warned_by__isnull", False)),
                    _connector="OR",
                ),
                name="exposed_warning_is_paired",
            ),
        ),
    ]
