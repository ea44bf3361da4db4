"""What happened to a person, and notes that are for readers of the account alone: sealed as they are written."""

from uuid import UUID

from django.db import transaction

from cases.applicants.models import Applicant, SealedNote
from cases.applicants.operations.work import touch
from cases.applicants.refusals import IdTaken, NobodyCanOpen
from cases.audit.operations import record
from cases.staff.models import User
from cases.vault import operations as vault
from cases.vault.queries import holders_of


@transaction.atomic
def add_sealed_note(*, id: UUID, applicant: Applicant, topic: str, text: str, by: User) -> SealedNote:
    """Seal a text into the account. Who writes need not be able to read it.

    The same id again is answered with what was sealed the first time.
    """
    facts = {"applicant": applicant, "topic": topic, "by": by}
    note, made = SealedNote.objects.get_or_create(pk=id, defaults=facts)
    if not made:
        if (note.applicant_id, note.by_id) != (applicant.pk, by.pk):
            raise IdTaken
        return note
    if not holders_of(applicant.account_safe).exists():
        raise NobodyCanOpen
    vault.seal(safe=applicant.account_safe, kind=note.kind_of_item, content={"text": text}, by=by)
    touch(applicant)
    detail = f"{applicant.pseudonym}: {topic}"
    record("applicants.account_written", by=by, about=str(applicant.pk), detail=detail)
    return note
