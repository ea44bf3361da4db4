from django.db import migrations

# The keys of the rows so far are cookies that let somebody in, and a second table held copies of them. Sessions are
# looked up by a digest from now on, so none of these is found again: everybody logs in once more.
FORGET = """
DELETE FROM django_session;
DROP TABLE IF EXISTS usersessions_usersession;
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0002_the_kind_stays"), ("sessions", "0001_initial")]
    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
