"""Votes, decisions and conflicts are kept as long as their case: only what erases the whole of it deletes them."""

from django.db import migrations

_KEEP = """
CREATE OR REPLACE FUNCTION vetting_keep_{what}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        {delete}
        PERFORM vetting_refuse('{kept}');
    END IF;
    IF OLD.{end} IS NOT NULL OR NEW.{end} IS NULL
        OR to_jsonb(NEW) - '{{{open}}}'::text[] <> to_jsonb(OLD) - '{{{open}}}'::text[] THEN
        PERFORM vetting_refuse('{refusal}');
    END IF;
    RETURN NEW;
END $$;
"""
_ROWS = (
    ("vote", "replaced_at", "replaced_at", "votes are kept", "a vote is not changed afterwards, only replaced once"),
    (
        "decision",
        "ended_at",
        "ended_at,ended_why",
        "decisions are kept",
        "a decision is not changed afterwards, only ended once",
    ),
    (
        "conflict",
        "ended_at",
        "ended_at,ended_by_id",
        "conflicts of interest are kept",
        "a conflict of interest is not changed afterwards, only ended once",
    ),
)  # fmt: skip
_WITH_CASE = "IF applicants_erasing(OLD.applicant_id) THEN RETURN OLD; END IF;"


def _functions(delete: str) -> str:
    return "".join(
        _KEEP.format(what=what, end=end, open=columns, kept=kept, refusal=refusal, delete=delete)
        for what, end, columns, kept, refusal in _ROWS
    )


class Migration(migrations.Migration):
    dependencies = [("vetting", "0008_votes_are_kept"), ("applicants", "0005_erased_by_two")]
    operations = [migrations.RunSQL(_functions(_WITH_CASE), _functions(""))]
