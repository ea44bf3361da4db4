from django.db import migrations
from django.utils import timezone

PURPOSES = ("government", "partner")


def carry_over(apps, schema_editor):
    """A withdrawal stood against everything that leaves; from here on the newest answer about consent does."""
    consents = apps.get_model("applicants", "Consent").objects.using(schema_editor.connection.alias)
    withdrawals = apps.get_model("disclosures", "ConsentWithdrawal").objects.using(
        schema_editor.connection.alias
    )
    for one in withdrawals.order_by("at").iterator():
        about = {"applicant_id": one.applicant_id, "channel": "other"}
        for purpose in PURPOSES:
            consents.create(
                **about,
                purpose=purpose,
                withdrawn_on=timezone.localdate(one.at),
                withdrawn_by_id=one.by_id,
                recorded_by_id=one.by_id,
                recorded_at=one.at,
            )
            if one.ended_at is not None:
                consents.create(
                    **about,
                    purpose=purpose,
                    given_on=timezone.localdate(one.ended_at),
                    recorded_by_id=one.ended_by_id,
                    recorded_at=one.ended_at,
                )


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0002_audience"), ("applicants", "0011_consent")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
