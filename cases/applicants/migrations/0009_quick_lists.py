from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applicants", "0008_doubles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("staff", "0006_field_workers"),
        ("vault", "0014_vault_passkeys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="applicant",
            index=models.Index(fields=["id"], include=("stage", "created_at"), name="applicant_listed"),
        ),
        migrations.AddIndex(
            model_name="applicantgrouppermission",
            index=models.Index(
                fields=["group"], include=("content_object", "expires_at"), name="shared_with_team"
            ),
        ),
        migrations.AddIndex(
            model_name="applicantuserpermission",
            index=models.Index(
                fields=["user"], include=("content_object", "expires_at"), name="shared_with_person"
            ),
        ),
    ]
