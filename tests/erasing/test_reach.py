"""How far an erasure reaches: every table that has a way to a case or a safe, now and in a later version."""

import re
import subprocess

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.models import Q

from cases.applicants import operations
from cases.applicants.models import Applicant, Double, Note
from cases.vault.models import OpenInterview, Safe
from cases.vault.operations import check_vault
from ngo.backup.clients import environment, program_for, server_major
from tests.erasing.full_case import CLEAR, TOKENS, ask, safes, stored
from tests.scanner import leaks

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

# What becomes of each table with a way to a case or a safe. A new one is to be thought about, and written down here:
# "goes" with the case or the safe; "stays", with the reason why nothing of it leads to a person.
FATES = {
    "alarms.alarm": "goes",
    "alarms.riskevent": "goes",
    "needs.need": "goes",
    "needs.referral": "goes",
    "transfers.transfer": "goes",
    "transfers.pack": "goes",
    "letters.letter": "goes",
    "journeys.leg": "goes",
    "asylum.claim": "goes",
    "asylum.claimminor": "goes",
    "asylum.step": "goes",
    "asylum.setdate": "goes",
    "retention.keptlonger": "goes",
    "own_data.datarequest": "goes",
    "applicants.applicant": "goes",
    "applicants.applicantgrouppermission": "goes",
    "applicants.applicantuserpermission": "goes",
    "applicants.deadline": "goes",
    "applicants.double": "goes",
    "applicants.legalhold": "goes",
    "applicants.membership": "goes",
    "applicants.note": "goes",
    "applicants.sealednote": "goes",
    "applicants.stagechange": "goes",
    "applicants.task": "goes",
    "applicants.uncheckedtext": "goes",
    "desk.exposed": "goes",
    "desk.searchtext": "goes",
    "applicants.consent": "goes",
    "disclosures.disclosedperson": "goes",
    "disclosures.exportperson": "goes",
    "documents.document": "goes",
    "documents.documentchange": "goes",
    "documents.scan": "goes",
    "documents.stay": "goes",
    "staff.announcement": "goes",
    "relocation.inquiry": "goes",
    "relocation.member": "goes",
    "relocation.submittedperson": "goes",
    "vault.accessrequest": "goes",
    "vault.dutylayer": "goes",
    "vault.dutyrequest": "goes",
    "vault.grant": "goes",
    "vault.groupgrant": "goes",
    "vault.openinterview": "goes",
    "vault.safe": "goes",
    "vault.sealedfile": "goes",
    "vault.sealeditem": "goes",
    "vetting.check": "goes",
    "vetting.checkchange": "goes",
    "vetting.conflict": "goes",
    "vetting.decision": "goes",
    "vetting.entrychange": "goes",
    "vetting.evidence": "goes",
    "vetting.interview": "goes",
    "vetting.question": "goes",
    "vetting.referee": "goes",
    "vetting.screening": "goes",
    "vetting.serviceentry": "goes",
    "vetting.vetting": "goes",
    "vetting.vote": "goes",
    "applicants.erasedcase": "stays: random ids, by which a restore erases again",
    "disclosures.recipientform": "stays: a blank form, of a ministry and of nobody else",
    "desk.publication": "stays: numbers of at least five, rounded, without an id",
    "applicants.tally": "stays: figures by the month, without an id that leads anywhere",
    "relocation.submission": "stays: to whom and when, and hashes; the words about a person go with the person",
    "vault.leftfile": "stays until the storage is empty: a random id",
    "vault.mark": "stays: hashes of sealed rows, by which the check knows that they were removed on purpose",
    "vetting.listimport": "stays: public lists, never compared with anybody here",
}
NEVER_FILLED = {"vault.groupgrant"}  # the database refuses every row
# Only these may hold ids of an erased case or of its safes.
MAY_NAME_IDS = {"audit_entry", "applicants_erasedcase", "vault_mark"}


def with_a_way(extra=()):
    """Models with a chain of keys to a case or a safe, and those that can name one by its id or hold whole documents."""
    ours = [
        model for model in (*apps.get_models(), *extra) if model.__module__.startswith(("cases.", "tests."))
    ]
    found = {Applicant, Safe}
    while more := {model for model in ours if model not in found and _targets(model) & found}:
        found |= more
    by_id = {model for model in ours if any(_names_by_id(field) for field in model._meta.fields)}
    return {model._meta.label_lower: model for model in found | by_id}


def _names_by_id(field):
    """Whether a column can hold the id of something without a key to it, or a whole document."""
    field = getattr(field, "base_field", field)
    by_itself = isinstance(field, models.UUIDField) and not (field.primary_key and field.has_default())
    return by_itself or isinstance(field, models.JSONField)


def _targets(model):
    return {
        field.related_model for field in model._meta.get_fields() if field.many_to_one or field.one_to_one
    }


def of_the_case(model, case):
    """Rows of a model that belong to the case, found by walking its keys."""
    rows = model.objects.all()
    if model is Applicant:
        return rows.filter(pk=case.pk)
    if model is Safe:
        return rows.filter(pk__in=[safe.pk for safe in safes(case)])
    if model._meta.label_lower == "staff.announcement":
        return rows.filter(about__in=[case.pk, *(safe.pk for safe in safes(case))])
    if model is Double:
        # Which of the two is the first hangs on their ids.
        return rows.filter(Q(first=case.pk) | Q(second=case.pk))
    if model is OpenInterview:
        return rows.filter(safes__overlap=[safe.pk for safe in safes(case)])
    way = _way(model)
    return rows.filter(**{way[0]: case.pk if way[1] is Applicant else case.identity_safe_id}) | (
        rows.none() if way[1] is Applicant else rows.filter(**{way[0]: case.account_safe_id})
    )


def _way(model, seen=()):
    for field in model._meta.fields:
        target = field.related_model
        if target in (Applicant, Safe):
            return field.name, target
        if target and target is not model and target not in seen and target._meta.label_lower in FATES:
            rest = _way(target, (*seen, model))
            if rest:
                return f"{field.name}__{rest[0]}", rest[1]
    return None


def dump():
    program, _major = program_for("pg_dump", server_major("owner"))
    command = [program, "--no-password"]
    return subprocess.run(command, capture_output=True, env=environment("owner"), check=True).stdout


def files():
    return b"\n".join(path.read_bytes() for path in settings.VAR_DIR.rglob("*") if path.is_file())


@pytest.fixture
def erased(full, work):
    operations.approve_erasure(erasure=ask(full.case, by=work.olga), by=work.cora)
    return full


def test_every_table_with_a_way_to_a_case_is_thought_of():
    found = set(with_a_way())
    assert (found - set(FATES), set(FATES) - found) == (set(), set())


def test_a_table_that_nobody_thought_of_is_noticed():
    class Rumour(models.Model):
        note = models.ForeignKey(Note, models.CASCADE, related_name="+")

        class Meta:
            app_label = "planted"

        def __str__(self):
            return "rumour"

    try:
        assert set(with_a_way([Rumour])) - set(FATES) == {"planted.rumour"}
    finally:
        del apps.all_models["planted"]
        apps.clear_cache()


def test_nothing_of_the_case_is_left_in_any_table(full, work):
    goes = {label: model for label, model in with_a_way().items() if FATES[label] == "goes"}
    before = {label for label, model in goes.items() if of_the_case(model, full.case).exists()}
    others = {
        label: model.objects.count() - of_the_case(model, full.case).count() for label, model in goes.items()
    }

    operations.approve_erasure(erasure=ask(full.case, by=work.olga), by=work.cora)

    assert before == set(goes) - NEVER_FILLED
    assert {label for label, model in goes.items() if of_the_case(model, full.case).exists()} == set()
    left = {label: model.objects.count() for label, model in goes.items()}
    # That the case was erased, those who saw it are told.
    told = left.pop("staff.announcement") - others.pop("staff.announcement")
    assert (left, told > 0) == (others, True)


def test_no_word_of_the_person_is_left_in_a_dump_or_a_file(full, work):
    assert set(leaks(CLEAR, dump())) == set(CLEAR)
    assert [stored(file) for file in full.files] == [True, True]

    operations.approve_erasure(erasure=ask(full.case, by=work.olga), by=work.cora)

    assert leaks(TOKENS, dump(), files()) == []
    assert not any(stored(file) for file in full.files)


def test_a_word_that_was_left_would_be_found(erased):
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE planted (value text)")
        try:
            cursor.execute("INSERT INTO planted VALUES (%s)", [f"Встреча в {TOKENS[3]}е"])
            assert leaks(TOKENS, dump()) == [TOKENS[3]]
        finally:
            cursor.execute("DROP TABLE planted")
    (settings.VAR_DIR / "files" / "left").write_bytes(TOKENS[4].encode())
    assert leaks(TOKENS, files()) == [TOKENS[4]]


def test_the_ids_stand_only_where_a_restore_and_the_check_need_them(erased):
    ids = [erased.case.pk, *(safe.pk for safe in safes(erased.case))]
    naming = set()
    for block in re.split(rb"\nCOPY public\.", dump())[1:]:
        if any(str(pk).encode() in block for pk in ids):
            naming.add(block.split(b" ", 1)[0].decode())

    assert naming <= MAY_NAME_IDS


def test_the_vault_is_as_whole_as_before(full, work):
    before = {(one.code, one.count) for one in check_vault(by=None)}

    operations.approve_erasure(erasure=ask(full.case, full.kin, by=work.olga), by=work.cora)

    new = {(one.code, one.count) for one in check_vault(by=None)} - before
    assert {code for code, _count in new} <= {"thin_safes"}
