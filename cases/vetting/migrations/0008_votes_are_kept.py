"""The rules of a decision, held by the database itself: whoever writes past the program is refused as well."""

from django.db import migrations

# What support needs of this person today, each with the version of its answer (0: none). One day of grace: the day of
# who looks may not be over when that of the server is.
NEEDED = """
CREATE FUNCTION vetting_needed(person uuid) RETURNS TABLE (code text, version integer, counts boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT kind.code, coalesce(answer.version, 0),
        answer.id IS NOT NULL AND coalesce(answer.valid_until >= current_date - 1, true)
        AND (NOT kind.for_lawyer OR answer.by_lawyer)
    FROM vetting_checkkind kind
    JOIN applicants_applicant applicant ON applicant.id = person
    LEFT JOIN vetting_check answer ON answer.kind_id = kind.code AND answer.applicant_id = person
    WHERE kind.needed AND (answer.id IS NOT NULL OR (
        coalesce(kind.begins <= current_date, true) AND coalesce(kind.ends >= current_date, true)
        AND (cardinality(kind.categories) = 0 OR applicant.category = ANY (kind.categories))))
$$;

CREATE FUNCTION vetting_basis(person uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_object_agg(needed.code, needed.version), '{}')
        || jsonb_build_object('service', (SELECT service_version FROM vetting_vetting WHERE applicant_id = person))
    FROM vetting_needed(person) needed
$$;

CREATE FUNCTION vetting_progress(person uuid) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object('needed', count(*), 'answered', count(*) FILTER (WHERE counts))
    FROM vetting_needed(person)
$$;

CREATE FUNCTION vetting_may_not_vote(person uuid, officer bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM applicants_applicant WHERE id = person AND intake_by_id = officer)
        OR EXISTS (SELECT FROM vetting_conflict
                   WHERE applicant_id = person AND user_id = officer AND ended_at IS NULL)
$$;

CREATE FUNCTION vetting_refuse(why text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION vetting_lock(person uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM vetting_vetting WHERE applicant_id = person FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM vetting_refuse('the vetting of this person has not begun');
    END IF;
END $$;
"""

VOTES = """
CREATE FUNCTION vetting_take_vote() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vetting_lock(NEW.applicant_id);
    IF vetting_may_not_vote(NEW.applicant_id, NEW.by_id) THEN
        PERFORM vetting_refuse('neither the intake worker nor who has a conflict of interest votes');
    END IF;
    IF NEW.replaced_at IS NOT NULL OR NEW.at > clock_timestamp() + interval '1 minute' THEN
        PERFORM vetting_refuse('a vote is cast now');
    END IF;
    IF NEW.basis <> vetting_basis(NEW.applicant_id) THEN
        PERFORM vetting_refuse('a vote rests on what is known now');
    END IF;
    IF NEW.choice = 'support' AND EXISTS (SELECT FROM vetting_needed(NEW.applicant_id) WHERE NOT counts) THEN
        PERFORM vetting_refuse('support needs every needed check answered');
    END IF;
    IF NEW.confirms_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vetting_vote earlier WHERE earlier.id = NEW.confirms_id AND earlier.confirms_id IS NULL
        AND earlier.applicant_id = NEW.applicant_id AND earlier.by_id = NEW.by_id AND earlier.choice = NEW.choice
    ) THEN
        PERFORM vetting_refuse('who confirms confirms the same choice of the same person');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vetting_take_vote BEFORE INSERT ON vetting_vote FOR EACH ROW EXECUTE FUNCTION vetting_take_vote();

CREATE FUNCTION vetting_keep_vote() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM vetting_refuse('votes are kept');
    END IF;
    IF OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL
        OR to_jsonb(NEW) - 'replaced_at' <> to_jsonb(OLD) - 'replaced_at' THEN
        PERFORM vetting_refuse('a vote is not changed afterwards, only replaced once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vetting_keep_vote BEFORE UPDATE OR DELETE ON vetting_vote
    FOR EACH ROW EXECUTE FUNCTION vetting_keep_vote();
"""

DECISIONS = """
CREATE FUNCTION vetting_take_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given integer := CASE WHEN NEW.third_vote_id IS NULL THEN 2 ELSE 3 END;
    ids uuid[] := array_remove(ARRAY[NEW.first_vote_id, NEW.second_vote_id, NEW.third_vote_id], NULL);
    one text;
    two text;
    three text;
BEGIN
    PERFORM vetting_lock(NEW.applicant_id);
    IF given <> (SELECT count(DISTINCT by_id) FROM vetting_vote
                 WHERE id = ANY (ids) AND applicant_id = NEW.applicant_id AND replaced_at IS NULL) THEN
        PERFORM vetting_refuse('a decision needs living votes of different people on the same person');
    END IF;
    IF EXISTS (SELECT FROM vetting_vote WHERE id = ANY (ids) AND basis <> vetting_basis(NEW.applicant_id)) THEN
        PERFORM vetting_refuse('a decision does not rest on stale votes');
    END IF;
    IF EXISTS (SELECT FROM vetting_vote
               WHERE id = ANY (ids) AND vetting_may_not_vote(NEW.applicant_id, by_id)) THEN
        PERFORM vetting_refuse('a decision does not rest on the vote of who may not vote');
    END IF;
    IF EXISTS (SELECT FROM vetting_decision earlier
               WHERE ARRAY[earlier.first_vote_id, earlier.second_vote_id, earlier.third_vote_id] && ids) THEN
        PERFORM vetting_refuse('a vote carries one decision');
    END IF;
    SELECT choice INTO one FROM vetting_vote WHERE id = NEW.first_vote_id;
    SELECT choice INTO two FROM vetting_vote WHERE id = NEW.second_vote_id;
    SELECT choice INTO three FROM vetting_vote WHERE id = NEW.third_vote_id;
    IF NEW.outcome = 'none' THEN
        IF one = two OR two = three OR one = three THEN
            PERFORM vetting_refuse('only three different votes decide nothing');
        END IF;
    ELSIF one <> NEW.outcome OR two <> NEW.outcome OR three = NEW.outcome OR NEW.ended_at IS NOT NULL THEN
        PERFORM vetting_refuse('two votes for the same outcome decide');
    END IF;
    IF NEW.outcome = 'support' AND EXISTS (SELECT FROM vetting_needed(NEW.applicant_id) WHERE NOT counts) THEN
        PERFORM vetting_refuse('support needs every needed check answered');
    END IF;
    IF NEW.decided_at > clock_timestamp() + interval '1 minute'
        OR NEW.valid_until > (NEW.decided_at AT TIME ZONE 'UTC')::date + 181 THEN
        PERFORM vetting_refuse('a decision is taken now and holds for 180 days');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vetting_take_decision BEFORE INSERT ON vetting_decision
    FOR EACH ROW EXECUTE FUNCTION vetting_take_decision();

CREATE FUNCTION vetting_keep_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM vetting_refuse('decisions are kept');
    END IF;
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(NEW) - '{ended_at,ended_why}'::text[] <> to_jsonb(OLD) - '{ended_at,ended_why}'::text[] THEN
        PERFORM vetting_refuse('a decision is not changed afterwards, only ended once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vetting_keep_decision BEFORE UPDATE OR DELETE ON vetting_decision
    FOR EACH ROW EXECUTE FUNCTION vetting_keep_decision();
"""

# Whoever writes it down: from that moment the votes of this colleague count no longer, and what rests on them is over.
CONFLICTS = """
CREATE FUNCTION vetting_take_conflict() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM vetting_lock(NEW.applicant_id);
    IF NEW.ended_at IS NULL THEN
        UPDATE vetting_decision SET ended_at = clock_timestamp(), ended_why = 'conflict'
        WHERE applicant_id = NEW.applicant_id AND ended_at IS NULL AND EXISTS (
            SELECT FROM vetting_vote WHERE id IN (first_vote_id, second_vote_id) AND by_id = NEW.user_id);
        UPDATE vetting_vote SET replaced_at = clock_timestamp()
        WHERE applicant_id = NEW.applicant_id AND by_id = NEW.user_id AND replaced_at IS NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vetting_take_conflict BEFORE INSERT ON vetting_conflict
    FOR EACH ROW EXECUTE FUNCTION vetting_take_conflict();

CREATE FUNCTION vetting_keep_conflict() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM vetting_refuse('conflicts of interest are kept');
    END IF;
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(NEW) - '{ended_at,ended_by_id}'::text[] <> to_jsonb(OLD) - '{ended_at,ended_by_id}'::text[] THEN
        PERFORM vetting_refuse('a conflict of interest is not changed afterwards, only ended once');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vetting_keep_conflict BEFORE UPDATE OR DELETE ON vetting_conflict
    FOR EACH ROW EXECUTE FUNCTION vetting_keep_conflict();
"""

UNDO = """
DROP TRIGGER vetting_keep_conflict ON vetting_conflict;
DROP TRIGGER vetting_take_conflict ON vetting_conflict;
DROP TRIGGER vetting_keep_decision ON vetting_decision;
DROP TRIGGER vetting_take_decision ON vetting_decision;
DROP TRIGGER vetting_keep_vote ON vetting_vote;
DROP TRIGGER vetting_take_vote ON vetting_vote;
DROP FUNCTION vetting_keep_conflict();
DROP FUNCTION vetting_take_conflict();
DROP FUNCTION vetting_keep_decision();
DROP FUNCTION vetting_take_decision();
DROP FUNCTION vetting_keep_vote();
DROP FUNCTION vetting_take_vote();
DROP FUNCTION vetting_lock(uuid);
DROP FUNCTION vetting_refuse(text);
DROP FUNCTION vetting_may_not_vote(uuid, bigint);
DROP FUNCTION vetting_progress(uuid);
DROP FUNCTION vetting_basis(uuid);
DROP FUNCTION vetting_needed(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("vetting", "0007_decide")]
    operations = [migrations.RunSQL(NEEDED + VOTES + DECISIONS + CONFLICTS, UNDO)]
