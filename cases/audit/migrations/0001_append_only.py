from django.conf import settings
from django.db import migrations, models

TABLE = """
CREATE TABLE audit_entry (
    id bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL CHECK (action <> ''),
    about text NOT NULL,
    detail text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL UNIQUE
);
CREATE INDEX audit_entry_about ON audit_entry (about, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor, id);
CREATE INDEX audit_entry_action ON audit_entry (action, id);
"""

# The number, the time, the link and the hash are the database's to give, whatever the client sends. The lock is held
# to the end of the transaction: two rows never share a predecessor. A writer who waits longer than the timeout fails,
# and with it the operation that wanted to be recorded.
CHAIN = """
CREATE FUNCTION audit_append() RETURNS trigger LANGUAGE plpgsql SET lock_timeout = '10s' SET search_path = pg_catalog, public AS $$
DECLARE
    last record;
BEGIN
    PERFORM pg_advisory_xact_lock(4911021);
    SELECT id, hash INTO last FROM public.audit_entry ORDER BY id DESC LIMIT 1;
    NEW.id := coalesce(last.id, 0) + 1;
    NEW.at := clock_timestamp();
    NEW.previous := coalesce(last.hash, '');
    NEW.hash := encode(sha256(convert_to(jsonb_build_array(
        NEW.id::text, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        NEW.actor, NEW.action, NEW.about, NEW.detail, NEW.previous)::text, 'UTF8')), 'hex');
    RETURN NEW;
END $$;
CREATE TRIGGER audit_append BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_append();

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_refuse_row BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_all BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

UNDO = """
DROP TABLE audit_entry;
DROP FUNCTION audit_append();
DROP FUNCTION audit_refuse();
"""


def keep_the_app_role_to_insert_and_select(apps, schema_editor):
    role = settings.DATABASES["default"].get("USER") or ""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if role in ("", cursor.fetchone()[0]):
            return
        quoted = schema_editor.quote_name(role)
        cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON audit_entry FROM {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT ON audit_entry TO {quoted}")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(editable=False)),
                ("actor", models.TextField()),
                ("action", models.TextField()),
                ("about", models.TextField()),
                ("detail", models.TextField()),
                ("previous", models.TextField(editable=False)),
                ("hash", models.TextField(editable=False)),
            ],
            options={"db_table": "audit_entry", "ordering": ["-id"], "managed": False},
        ),
        migrations.RunSQL(TABLE + CHAIN, UNDO),
        migrations.RunPython(keep_the_app_role_to_insert_and_select, migrations.RunPython.noop),
    ]
