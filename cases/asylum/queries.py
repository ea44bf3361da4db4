"""What is known of a claim, and the rules that are held against it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from cases.applicants.ages import grown
from cases.applicants.models import AgeBand, Applicant, Category
from cases.applicants.queries import applicants_for, find_of_case, members_with
from cases.asylum.models import Claim, ClaimMinor, DeadlineRule, RegimeRule, SetDate, Step
from cases.asylum.reckoning import End, end_of
from cases.asylum.terms import Term, terms_of
from cases.documents.queries.reference import in_force
from cases.staff.models import User

_UNDER_AGE = (AgeBand.UNDER_6, AgeBand.UNDER_14, AgeBand.AGE_14, AgeBand.UNDER_18)


def claim_of(applicant: Applicant) -> Claim | None:
    """The claim of a person, of several the newest; of an attached minor that of the parent."""
    ours = Q(applicant=applicant) | Q(minors__applicant=applicant)
    living = Claim.objects.filter(ours, follower__isnull=True)
    return living.select_related("applicant", "opened_by").first()


def former_claims(claim: Claim) -> list[Claim]:
    """The claims which this one follows, the newest first."""
    if claim.former_id is None:
        return []
    others = Claim.objects.filter(applicant=claim.applicant_id).exclude(pk=claim.pk)
    return list(others.prefetch_related("steps").order_by("-opened_at"))


def find_claim(user: User, claim_id: UUID) -> Claim:
    """One that a re-examination follows stays as it is: nobody works on it any more."""
    return find_of_case(Claim.objects.filter(follower__isnull=True), user, claim_id, "work")


def find_ended(user: User, claim_id: UUID) -> Claim:
    """Followed or not: the same form sent again is to be answered, not lost."""
    return find_of_case(Claim.objects.all(), user, claim_id, "work")


def find_minor(claim: Claim, applicant_id: UUID) -> ClaimMinor:
    found = claim.minors.filter(applicant=applicant_id).select_related("applicant").first()
    if found is None:
        raise Http404
    return found


def steps_of(claim: Claim) -> list[Step]:
    return list(claim.steps.select_related("added_by"))


def rules() -> list[DeadlineRule]:
    return list(DeadlineRule.objects.all())


def law_on(day: date, among: list[str]) -> str:
    """Which of the laws in `among` holds for a claim registered on `day`; "" where the rows leave it open."""
    found = list(RegimeRule.objects.filter(in_force(day), regime__in=among)[:2])
    return found[0].regime if len(found) == 1 else ""


def is_minor(applicant: Applicant) -> bool:
    """A child by the age that is known, else by the category."""
    band, _threshold = grown(applicant.age_band, applicant.next_age_threshold, timezone.localdate())
    return band in _UNDER_AGE if band else applicant.category == Category.CHILD


def household_of(applicant: Applicant) -> list[Applicant]:
    """The others of the household, as the program knows them: whom a viewer may see is asked elsewhere."""
    members = members_with(applicant).exclude(applicant=applicant)
    return [one.applicant for one in members.select_related("applicant")]


def belongs_to_parent(applicant: Applicant) -> bool:
    """A minor with an adult in the household has no claim alone."""
    return is_minor(applicant) and any(not is_minor(one) for one in household_of(applicant))


def minors_to_attach(claim: Claim, user: User) -> list[Applicant]:
    """Minors of the household on whose case `user` works, and who hang on no claim yet."""
    members = members_with(claim.applicant).values("applicant")
    free = applicants_for(user, "work").filter(
        pk__in=members, claims__isnull=True, claim_of_parent__isnull=True
    )
    return [one for one in free.exclude(pk=claim.applicant_id) if is_minor(one)]


def minors_seen(claim: Claim, user: User) -> tuple[list[Applicant], int]:
    """The attached minors whose cases `user` sees, and how many more there are."""
    minors = [one.applicant for one in claim.minors.select_related("applicant")]
    seen = set(applicants_for(user).filter(pk__in=[one.pk for one in minors]).values_list("pk", flat=True))
    shown = [one for one in minors if one.pk in seen]
    return shown, len(minors) - len(shown)


@dataclass(frozen=True)
class Line:
    """One deadline as the page shows it: the day that stands, those that stood before, and the rule behind it."""

    term: Term
    standing: SetDate | None
    past: list[SetDate]

    @property
    def said(self) -> str:
        return str(SetDate(kind=self.term.kind).get_kind_display())

    @property
    def end(self) -> End | None:
        """How the standing day was counted, where a rule counted it."""
        found = self.standing
        if found is None or found.rule is None or found.rule.period is None or found.counted_from is None:
            return None
        return end_of(found.counted_from, found.rule.period)


def lines_of(claim: Claim, steps: list[Step]) -> list[Line]:
    dates = list(claim.dates.select_related("rule", "set_by", "note"))
    return [
        _line(term, [one for one in dates if one.kind == term.kind])
        for term in terms_of(claim, steps, rules())
    ]


def _line(term: Term, dates: list[SetDate]) -> Line:
    standing = next((one for one in dates if one.replaced_at is None), None)
    same = standing.due_on if standing else None
    return Line(term, standing, [one for one in dates if one.replaced_at and one.due_on != same])


def line_of(claim: Claim, kind: str) -> Line:
    found = next((line for line in lines_of(claim, steps_of(claim)) if line.term.kind == kind), None)
    if found is None:
        raise Http404
    return found


def standing_dates(claim: Claim) -> QuerySet[SetDate]:
    return claim.dates.filter(replaced_at__isnull=True)
