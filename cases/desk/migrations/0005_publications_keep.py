"""Figures that left the house are never changed, whoever writes past the program: what was printed is what stands here."""

from django.db import migrations

KEEP = """
CREATE FUNCTION desk_keep_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.answer <> '' THEN
            RAISE EXCEPTION 'figures begin with somebody who asks' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.answer <> ''
        OR (NEW.code, NEW.starts, NEW.ends, NEW.asked_by_id, NEW.asked_at)
            IS DISTINCT FROM (OLD.code, OLD.starts, OLD.ends, OLD.asked_by_id, OLD.asked_at) THEN
        RAISE EXCEPTION 'figures are answered once and kept as they are' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER desk_keep_publication BEFORE INSERT OR UPDATE OR DELETE ON desk_publication
    FOR EACH ROW EXECUTE FUNCTION desk_keep_publication();
"""
UNDO = """
DROP TRIGGER desk_keep_publication ON desk_publication;
DROP FUNCTION desk_keep_publication();
"""


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_publications")]

    operations = [migrations.RunSQL(KEEP, UNDO)]
