from django.conf import settings
from django.db import migrations

TRIGGER = """
CREATE FUNCTION staff_keep_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'a database keeps its kind for ever';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER staff_keep_kind BEFORE UPDATE OR DELETE ON staff_organisation
    FOR EACH ROW EXECUTE FUNCTION staff_keep_kind();
"""

UNDO = """
DROP TRIGGER staff_keep_kind ON staff_organisation;
DROP FUNCTION staff_keep_kind();
"""


def let_the_app_role_only_read_the_history(apps, schema_editor):
    role = settings.DATABASES["default"].get("USER") or ""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if role in ("", cursor.fetchone()[0]):
            return
        quoted = schema_editor.quote_name(role)
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {quoted}")


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_initial")]
    operations = [
        migrations.RunSQL(TRIGGER, UNDO),
        migrations.RunPython(let_the_app_role_only_read_the_history, migrations.RunPython.noop),
    ]
