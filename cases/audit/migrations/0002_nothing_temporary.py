from django.db import migrations

# PostgreSQL looks for a type or a table first in the schema of temporary things, unless it is named last: a `text` of
# one's own there would change what is hashed. The role that serves is to make nothing temporary in the first place;
# a database that was not made by roles.sql, as that of the tests, lets everybody.
LAST = "ALTER FUNCTION audit_append() SET search_path = pg_catalog, public, pg_temp;"
REFUSE = """
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_append_only")]
    operations = [migrations.RunSQL(LAST + REFUSE, migrations.RunSQL.noop)]
