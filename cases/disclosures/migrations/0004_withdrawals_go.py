from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("disclosures", "0003_withdrawals_become_answers")]

    operations = [migrations.DeleteModel(name="ConsentWithdrawal")]
