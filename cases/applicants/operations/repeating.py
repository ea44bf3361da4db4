"""After a restore: what the ledger says was erased since the backup is erased again, before anybody is served."""

from datetime import datetime

from django.db import transaction

from cases.applicants.models import Applicant, ErasedCase, Erasure
from cases.applicants.operations.erasing import carry_out
from cases.vault import ledger
from cases.vault.ledger import Line
from cases.vault.models import Safe

Answer = Erasure.Answer


def repeat_erasures() -> None:
    """Erase whoever is in the ledger and in the database. Where nothing was restored, there is nobody."""
    for line in ledger.read():
        if _is_there(line):
            carry_out(erasure=_known(line))


def _is_there(line: Line) -> bool:
    cases = Applicant.objects.filter(pk__in=line.case_ids)
    return cases.exists() or Safe.objects.filter(pk__in=line.safe_ids).exists()


def _known(line: Line) -> Erasure:
    """Return the run, which an older backup may not know; the database takes it from the owner of the tables alone."""
    with transaction.atomic(using="owner"):
        runs = Erasure.objects.using("owner").select_for_update()
        run = runs.filter(pk=line.erasure).first()
        if run is None:
            run = _make(line)
        elif not run.answer:
            _mark(run, line.at)
    return Erasure.objects.get(pk=line.erasure)


def _make(line: Line) -> Erasure:
    fields = {"asked_at": line.at, "answered_at": line.at, "answer": Answer.REPEATED}
    run = Erasure.objects.using("owner").create(pk=line.erasure, **fields)
    for place, (case, safes) in enumerate(line.cases, start=1):
        ErasedCase.objects.using("owner").create(erasure=run, place=place, case=case, safes=list(safes))
    return run


def _mark(run: Erasure, at: datetime) -> None:
    """It waited when the backup was made, and was approved later."""
    run.answer, run.answered_at = Answer.REPEATED, at
    run.save(using="owner", update_fields=["answer", "answered_at"])
