"""The checks of one person: which there are, which are answered, and which of those count today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from cases.applicants.models import Applicant
from cases.documents.queries.reference import in_force
from cases.vault.models import SealedItem
from cases.vetting.models import Check, CheckChange, CheckKind, Result

ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    """One check of one person, answered or not."""

    kind: CheckKind
    check: Check | None
    # How often something was sealed of it; 0: never.
    sealed_version: int
    today: date

    @property
    def counts(self) -> bool:
        """Whether a decision can rest on it today: answered, not expired, and by a lawyer where that is asked."""
        return self.check is not None and not self.is_expired and not self.lacks_lawyer

    @property
    def is_expired(self) -> bool:
        return self.check is not None and _ended(self.check, self.today)

    @property
    def ends_soon(self) -> bool:
        """The last day is less than two weeks away, and not over yet."""
        end = self.check.valid_until if self.check else None
        return end is not None and self.today <= end <= self.today + ENDS_SOON

    @property
    def lacks_lawyer(self) -> bool:
        return self.check is not None and self.kind.for_lawyer and not self.check.by_lawyer

    @property
    def is_missing(self) -> bool:
        return self.kind.needed and not self.counts

    @property
    def is_contradicted(self) -> bool:
        return self.check is not None and self.check.result == Result.CONTRADICTED


@dataclass(frozen=True)
class Progress:
    answered: int
    all: int
    needed: int
    missing: int


def checks_of(applicant: Applicant) -> list[Line]:
    """Every check that is made of such a person, in the order of the catalogue, with its answer."""
    checks = {check.kind_id: check for check in _checks_of(applicant).select_related("by")}
    sealed, today = _sealed(applicant), timezone.localdate()
    return [
        Line(kind, checks.get(kind.code), sealed.get(f"check-{kind.code}", 0), today)
        for kind in kinds_for(applicant)
    ]


def progress(lines: Iterable[Line]) -> Progress:
    known = list(lines)
    return Progress(
        answered=sum(line.counts for line in known),
        all=len(known),
        needed=sum(line.kind.needed for line in known),
        missing=sum(line.is_missing for line in known),
    )


def answered(applicant: Applicant) -> dict[str, Check]:
    """The answers that count today, by the code of the check."""
    return {line.kind.code: line.check for line in checks_of(applicant) if line.check and line.counts}


def needed_missing(applicant: Applicant) -> list[CheckKind]:
    """The checks that support needs and that nobody answered, whose answer expired, or that wait for a lawyer."""
    return [line.kind for line in checks_of(applicant) if line.is_missing]


def needed_contradicted(applicant: Applicant) -> list[CheckKind]:
    """The needed checks in which the evidence speaks against the account; no obstacle, and never to be overlooked."""
    return [line.kind for line in checks_of(applicant) if line.kind.needed and line.is_contradicted]


def basis_of(applicant: Applicant) -> dict[str, int]:
    """The version of each needed check, 0 where it has no answer: what a vote rests on."""
    return {
        line.kind.code: line.check.version if line.check else 0
        for line in checks_of(applicant)
        if line.kind.needed
    }


def kinds_for(applicant: Applicant) -> QuerySet[CheckKind]:
    """The checks in force for this category of person, and those that were answered under another one."""
    whom = Q(categories__len=0) | Q(categories__contains=[applicant.category])
    return CheckKind.objects.filter(
        (in_force(timezone.localdate()) & whom) | Q(code__in=_checks_of(applicant).values("kind"))
    )


def find_line(applicant: Applicant, code: str) -> Line:
    kind = kinds_for(applicant).filter(code=code).first()
    if kind is None:
        raise Http404
    check = _checks_of(applicant).filter(kind=kind).select_related("by").first()
    return Line(kind, check, _sealed(applicant).get(f"check-{code}", 0), timezone.localdate())


def changes_of(check: Check | None) -> QuerySet[CheckChange]:
    return CheckChange.objects.filter(answer=check).select_related("by")


def _checks_of(applicant: Applicant) -> QuerySet[Check]:
    return Check.objects.filter(applicant=applicant)


def _sealed(applicant: Applicant) -> dict[str, int]:
    items = SealedItem.objects.filter(safe=applicant.account_safe_id, kind__startswith="check-")
    return dict(items.order_by().values_list("kind").annotate(Max("version")))


def _ended(check: Check, today: date) -> bool:
    return check.valid_until is not None and check.valid_until < today
