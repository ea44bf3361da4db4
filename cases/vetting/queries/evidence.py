from collections import Counter
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from cases.applicants.models import Applicant
from cases.applicants.queries import Scope, find_applicant
from cases.staff.models import User
from cases.vault.models import SealedFile
from cases.vetting.models import CheckKind, Evidence
from cases.vetting.queries.entries import find_entry

State = SealedFile.State
# A link, or a file that has arrived as a whole.
_THERE = Q(kind=Evidence.Kind.LINK) | Q(file__state=State.WHOLE)


def counting() -> QuerySet[Evidence]:
    """The evidence that counts: not struck out, and all there."""
    return Evidence.objects.filter(_THERE, struck_at__isnull=True)


def all_evidence_of(applicant: Applicant) -> QuerySet[Evidence]:
    """What is there, with what was struck out."""
    found = Evidence.objects.filter(_THERE, applicant=applicant)
    return found.select_related("file", "file__key_item", "file__safe", "added_by")


def evidence_of(applicant: Applicant) -> QuerySet[Evidence]:
    return all_evidence_of(applicant).filter(struck_at__isnull=True)


def evidence_by_check(applicant: Applicant) -> dict[str, int]:
    """How many pieces of evidence speak to each check; a check without any is left out."""
    checks = counting().filter(applicant=applicant).values_list("checks", flat=True)
    return dict(Counter(code for codes in checks for code in codes))


def half_sent(applicant: Applicant, user: User) -> QuerySet[Evidence]:
    """What `user` began to send; choosing the same file again goes on with it."""
    begun = Evidence.objects.filter(applicant=applicant, added_by=user, file__state=State.UPLOADING)
    return begun.select_related("file")


def find_evidence(user: User, evidence_id: UUID, to: Scope = "read") -> Evidence:
    found = counting().select_related("file", "file__key_item", "file__safe", "added_by")
    return find_entry(found, user, evidence_id, to)


def find_file(user: User, evidence_id: UUID) -> Evidence:
    """A piece of evidence that is a file."""
    found = find_evidence(user, evidence_id)
    if found.kind != Evidence.Kind.FILE:
        raise Http404
    return found


def find_sending(user: User, applicant_id: UUID, evidence_id: UUID) -> SealedFile:
    """Return the file that `user` is sending, or has just sent."""
    applicant = find_applicant(user, applicant_id, "work")
    sent = Evidence.objects.filter(applicant=applicant, added_by=user).select_related("file")
    found = sent.filter(pk=evidence_id).first()
    if found is None or found.kind != Evidence.Kind.FILE:
        raise Http404
    return found.sent


def check_kinds() -> list[CheckKind]:
    return list(CheckKind.objects.all())
