"""The words of every case, kept by the database itself: what is written in clear is found, whoever wrote it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# One case may hold three languages. `russian` stems Cyrillic words as Russian and plain Latin ones as English; what is
# not Cyrillic is stemmed as French besides, with accents and without, for who has none on the keyboard.
WORDS = """
CREATE FUNCTION desk_plain(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(regexp_replace(lower(normalize(said, NFKC)), '[^[:alnum:]]+', ' ', 'g'), 'ё', 'е');

CREATE FUNCTION desk_folded(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN replace(replace(translate(said, 'àâäáãåéèêëîïíôöóõùûüúÿçñ', 'aaaaaaeeeeiiioooouuuuycn'), 'œ', 'oe'), 'æ', 'ae');

CREATE FUNCTION desk_vector(said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT strip(to_tsvector('pg_catalog.russian', plain) || to_tsvector('pg_catalog.french', latin)
        || to_tsvector('pg_catalog.french', desk_folded(latin)))
    FROM desk_plain(said) AS plain, regexp_replace(plain, '[\u0400-\u04ff]+', ' ', 'g') AS latin
);

CREATE AGGREGATE desk_vectors(tsvector) (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '');

CREATE AGGREGATE desk_all(tsquery) (SFUNC = tsquery_and, STYPE = tsquery);

CREATE FUNCTION desk_query(said text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT desk_all(plainto_tsquery('pg_catalog.russian', word) || plainto_tsquery('pg_catalog.french', word)
        || plainto_tsquery('pg_catalog.french', desk_folded(word))
        || CASE WHEN char_length(word) > 2 THEN to_tsquery('pg_catalog.simple', word || ':*') ELSE '' END)
    FROM regexp_split_to_table(desk_plain(said), ' ') AS word WHERE word <> ''
);
"""

# What is typed may be a name, and a statement may stand in a log or in the monitoring of a host. So the words come
# masked by a pad that the database drew for this transaction; it went to the program as a result, in no statement.
MASK = """
CREATE FUNCTION desk_typed(masked bytea) RETURNS tsquery LANGUAGE sql STABLE
RETURN (
    SELECT desk_query(convert_from(string_agg(
        set_byte('\\x00'::bytea, 0, get_byte(masked, place) # get_byte(pad, place)), ''::bytea ORDER BY place), 'UTF8'))
    FROM decode(current_setting('desk.pad'), 'hex') AS pad, generate_series(0, length(masked) - 1) AS place
);
"""

# Bodies as text: the columns they name can still be changed by a migration.
CASES = """
CREATE FUNCTION desk_said(person uuid) RETURNS tsvector
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT desk_vectors(desk_vector(said)) FROM (
        SELECT concat_ws(' ', pseudonym, urgency_reason, special_needs) FROM applicants_applicant WHERE id = person
        UNION ALL SELECT text FROM applicants_note WHERE applicant_id = person
        UNION ALL SELECT title FROM applicants_task WHERE applicant_id = person
        UNION ALL SELECT reason FROM applicants_stagechange WHERE applicant_id = person AND reason <> ''
    ) AS everything (said)
$$;

CREATE FUNCTION desk_search_anew(person uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The case first, as whoever erases it does: the other way round two would wait for each other.
    PERFORM FROM applicants_applicant WHERE id = person FOR KEY SHARE;
    -- Whoever adds to the same case meanwhile is waited for, and then seen.
    PERFORM FROM desk_searchtext WHERE applicant_id = person FOR UPDATE;
    UPDATE desk_searchtext SET vector = desk_said(person) WHERE applicant_id = person;
EXCEPTION WHEN program_limit_exceeded THEN
    -- Far more words than a person says in years: saving comes first, and nothing that was taken out may stay.
    UPDATE desk_searchtext SET vector = '' WHERE applicant_id = person;
END $$;

CREATE FUNCTION desk_search_begin() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO desk_searchtext (applicant_id, vector)
    VALUES (NEW.id, desk_vector(concat_ws(' ', NEW.pseudonym, NEW.urgency_reason, NEW.special_needs)));
    RETURN NULL;
END $$;
CREATE TRIGGER desk_search_begin AFTER INSERT ON applicants_applicant
    FOR EACH ROW EXECUTE FUNCTION desk_search_begin();

CREATE FUNCTION desk_search_more() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said text := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF said <> '' THEN
        PERFORM FROM applicants_applicant WHERE id = NEW.applicant_id FOR KEY SHARE;
        UPDATE desk_searchtext SET vector = vector || desk_vector(said) WHERE applicant_id = NEW.applicant_id;
    END IF;
    RETURN NULL;
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN NULL;
END $$;
"""

# A new text is added to what is there; where one changes, goes or moves to another case, the case is read anew, once.
CHANGES = """
CREATE FUNCTION desk_search_{name}_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM desk_search_anew(person) FROM (
        SELECT DISTINCT unnest(ARRAY[before.{key}, after.{key}]) AS person FROM before JOIN after USING (id)
        WHERE ({before}) IS DISTINCT FROM ({after}) ORDER BY 1
    ) AS touched;
    RETURN NULL;
END $$;
CREATE TRIGGER desk_search_changed AFTER UPDATE ON applicants_{name}
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION desk_search_{name}_changed();
"""
MORE = """
CREATE TRIGGER desk_search_more AFTER INSERT ON applicants_{name}
    FOR EACH ROW EXECUTE FUNCTION desk_search_more('{column}');

CREATE FUNCTION desk_search_{name}_gone() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM desk_search_anew(person)
        FROM (SELECT DISTINCT applicant_id AS person FROM before ORDER BY 1) AS touched;
    RETURN NULL;
END $$;
CREATE TRIGGER desk_search_gone AFTER DELETE ON applicants_{name}
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION desk_search_{name}_gone();
"""
FILE = ("pseudonym", "urgency_reason", "special_needs")
TEXTS = {"note": "text", "task": "title", "stagechange": "reason"}


def _changes(name, key, columns):
    before, after = (", ".join(f"{when}.{one}" for one in (key, *columns)) for when in ("before", "after"))
    return CHANGES.format(name=name, key=key, before=before, after=after)


TRIGGERS = _changes("applicant", "id", FILE) + "".join(
    _changes(name, "applicant_id", [column]) + MORE.format(name=name, column=column)
    for name, column in TEXTS.items()
)
FILL = "INSERT INTO desk_searchtext (applicant_id, vector) SELECT id, desk_said(id) FROM applicants_applicant"

UNDO = (
    "DROP TRIGGER desk_search_begin ON applicants_applicant;"
    + "".join(
        f"DROP TRIGGER desk_search_{what} ON applicants_{name};"
        for name in TEXTS
        for what in ("more", "gone")
    )
    + "".join(
        f"DROP TRIGGER desk_search_changed ON applicants_{name}; DROP FUNCTION desk_search_{name}_changed();"
        for name in ("applicant", *TEXTS)
    )
    + "".join(f"DROP FUNCTION desk_search_{name}_gone();" for name in TEXTS)
    + """
DROP FUNCTION desk_search_more();
DROP FUNCTION desk_search_begin();
DROP FUNCTION desk_search_anew(uuid);
DROP FUNCTION desk_said(uuid);
DROP FUNCTION desk_typed(bytea);
DROP FUNCTION desk_query(text);
DROP AGGREGATE desk_all(tsquery);
DROP AGGREGATE desk_vectors(tsvector);
DROP FUNCTION desk_vector(text);
DROP FUNCTION desk_folded(text);
DROP FUNCTION desk_plain(text);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("applicants", "0005_erased_by_two"),
        ("desk", "0001_breaches"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "applicant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="applicants.applicant",
                    ),
                ),
                ("vector", django.contrib.postgres.search.SearchVectorField(editable=False)),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_by_words")
                ],
            },
        ),
        migrations.RunSQL(WORDS + MASK + CASES + TRIGGERS, UNDO),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
