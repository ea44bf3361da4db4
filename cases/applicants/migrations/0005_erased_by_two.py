"""A case goes only once two people have approved it and nothing holds it, whoever writes past the program."""

from django.db import migrations

# What was approved is erased; what a restore repeats was approved before, and only the owner of the tables says so.
MAY = """
CREATE FUNCTION applicants_erasing(person uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM applicants_erasedcase one JOIN applicants_erasure run ON run.id = one.erasure_id
        WHERE one.case = person AND (run.answer = 'repeated' OR run.answer = 'approved' AND NOT EXISTS (
            SELECT FROM applicants_legalhold WHERE applicant_id = person AND ended_at IS NULL)))
$$;

CREATE FUNCTION applicants_is_owner(of regclass) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = of
$$;

CREATE FUNCTION applicants_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation';
END $$;
"""

CASES = """
CREATE FUNCTION applicants_keep_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT applicants_erasing(OLD.id) THEN
        PERFORM applicants_refuse('a case goes only when two people have approved it and nothing holds it');
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER applicants_keep_case BEFORE DELETE ON applicants_applicant
    FOR EACH ROW EXECUTE FUNCTION applicants_keep_case();
"""

ERASURES = """
CREATE FUNCTION applicants_take_erasure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.answer <> '' OR NEW.done_at IS NOT NULL) AND NOT applicants_is_owner(TG_RELID) THEN
        PERFORM applicants_refuse('an erasure begins with somebody who asks');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applicants_take_erasure BEFORE INSERT ON applicants_erasure
    FOR EACH ROW EXECUTE FUNCTION applicants_take_erasure();

CREATE FUNCTION applicants_keep_erasure() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    answered text[] := '{answer,answered_by_id,answered_at}';
    done text[] := '{done_at,gone_on,safes,items,files}';
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM applicants_refuse('erasures are kept');
    END IF;
    IF to_jsonb(NEW) - answered - done <> to_jsonb(OLD) - answered - done
        OR OLD.answer <> '' AND (NEW.answer, NEW.answered_by_id, NEW.answered_at)
            IS DISTINCT FROM (OLD.answer, OLD.answered_by_id, OLD.answered_at)
        OR OLD.done_at IS NOT NULL THEN
        PERFORM applicants_refuse('an erasure is answered once and done once, and not changed afterwards');
    END IF;
    IF NEW.answer = 'repeated' AND OLD.answer <> 'repeated' AND NOT applicants_is_owner(TG_RELID) THEN
        PERFORM applicants_refuse('only a restore repeats an erasure');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applicants_keep_erasure BEFORE UPDATE OR DELETE ON applicants_erasure
    FOR EACH ROW EXECUTE FUNCTION applicants_keep_erasure();

CREATE FUNCTION applicants_take_erased_case() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM applicants_refuse('what was asked for is not changed afterwards');
    END IF;
    PERFORM 1 FROM applicants_erasure WHERE id = NEW.erasure_id AND answer = '' FOR UPDATE;
    IF NOT FOUND AND NOT applicants_is_owner(TG_RELID) THEN
        PERFORM applicants_refuse('nothing is added to an erasure that was answered');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applicants_take_erased_case BEFORE INSERT OR UPDATE OR DELETE ON applicants_erasedcase
    FOR EACH ROW EXECUTE FUNCTION applicants_take_erased_case();
"""

UNDO = """
DROP TRIGGER applicants_take_erased_case ON applicants_erasedcase;
DROP TRIGGER applicants_keep_erasure ON applicants_erasure;
DROP TRIGGER applicants_take_erasure ON applicants_erasure;
DROP TRIGGER applicants_keep_case ON applicants_applicant;
DROP FUNCTION applicants_take_erased_case();
DROP FUNCTION applicants_keep_erasure();
DROP FUNCTION applicants_take_erasure();
DROP FUNCTION applicants_keep_case();
DROP FUNCTION applicants_refuse(text);
DROP FUNCTION applicants_is_owner(regclass);
DROP FUNCTION applicants_erasing(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("applicants", "0004_erasing")]
    operations = [migrations.RunSQL(MAY + CASES + ERASURES, UNDO)]
