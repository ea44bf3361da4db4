"""Papers as one colleague sees them: with the case, or not at all."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from cases.applicants.models import Applicant, Deadline
from cases.applicants.queries import Scope, find_of_case
from cases.documents.deadlines import STAY
from cases.documents.models import Document, DocumentChange, DocumentType, Status, Stay
from cases.staff.models import User
from cases.vault.models import SealedFile, SealedItem

# The certificate of return: good for one journey, and for nobody here.
ONLY_TO_RUSSIA = "RU_RET"


def counting() -> QuerySet[Document]:
    """The papers that count: not struck out."""
    return Document.objects.filter(struck_at__isnull=True)


def counting_of(applicant: Applicant) -> QuerySet[Document]:
    return counting().filter(applicant=applicant)


def papers_of(applicant: Applicant) -> list[Document]:
    """Every paper of a person with its history, those that were struck out last."""
    changes = Prefetch("changes", DocumentChange.objects.select_related("by"))
    scans = Q(scans__struck_at__isnull=True, scans__file__state=SealedFile.State.WHOLE)
    found = Document.objects.filter(applicant=applicant).select_related("type", "verified_by", "created_by")
    found = found.annotate(scan_number=Count("scans", filter=scans))
    return sorted(found.prefetch_related(changes), key=lambda one: one.struck_at is not None)


def find_document(user: User, document_id: UUID, to: Scope = "work") -> Document:
    """Return one paper that counts, of a case shared with `user`; anything else does not exist."""
    return find_of_case(counting().select_related("type"), user, document_id, to)


def find_struck(user: User, document_id: UUID) -> Document:
    struck = Document.objects.filter(struck_at__isnull=False)
    return find_of_case(struck, user, document_id, "work")


def sealed_papers(applicant: Applicant) -> set[str]:
    """The kinds under which something of a paper is sealed."""
    items = SealedItem.objects.filter(safe=applicant.identity_safe_id, kind__startswith="paper-")
    return set(items.values_list("kind", flat=True))


def stay_of(applicant: Applicant) -> Stay | None:
    return Stay.objects.select_related("updated_by").filter(applicant=applicant).first()


def types_by_code() -> dict[str, DocumentType]:
    return {one.code: one for one in DocumentType.objects.all()}


def has_papers(applicant: Applicant) -> bool:
    return counting_of(applicant).exists()


def holds_nothing(applicant: Applicant) -> bool:
    """Whether somebody said that the person holds no paper at all."""
    return Stay.objects.filter(applicant=applicant, no_paper_on__isnull=False).exists()


def has_way_out(applicant: Applicant) -> bool:
    """Whether a paper to travel on is there or applied for."""
    roles = [DocumentType.Role.TRAVEL, DocumentType.Role.SINGLE, DocumentType.Role.VISA]
    usable = counting_of(applicant).filter(type__role__in=roles, status__in=[Status.HELD, Status.APPLIED])
    return usable.exclude(type=ONLY_TO_RUSSIA).exists()


def stay_deadlines(applicant: Applicant) -> QuerySet[Deadline]:
    return Deadline.objects.filter(applicant=applicant, rule__in=STAY.values(), met_at__isnull=True)


def paper_types() -> list[tuple[str, list[tuple[str, str]]]]:
    return grouped(DocumentType.objects.all())


def grouped(types: Iterable[DocumentType]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue as a list to choose from: what a kind of paper is, and the types of it."""
    known = list(types)
    groups = [
        (str(role.label), [(one.code, one.name) for one in known if one.role == role])
        for role in DocumentType.Role
    ]
    return [group for group in groups if group[1]]
